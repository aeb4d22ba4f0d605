package dev.socialexchange.keycloak.client

/**
 * A provider that is open for this client, to draw a button of.
 *
 * @property alias what an exchange names it by
 * @property clientId the app's at the provider, for its SDK
 * @property tokenTypes the values of `subject_token_type` that it takes
 * @property nonce `optional`, `if-sent`, `required` or `issued`
 * @property linkOnly it signs nobody in; offer it where accounts are linked
 */
public data class Provider(
    val alias: String,
    val type: String,
    val displayName: String,
    val clientId: String,
    val tokenTypes: List<String>,
    val nonce: String,
    val linkOnly: Boolean,
)

/**
 * Good for one exchange of this client, for [seconds].
 *
 * @property nonce for the exchange, and for SDKs that hash the nonce themselves
 * @property providerNonce its SHA-256, for the provider's SDK, which puts it into the token
 */
public class Nonce(public val nonce: String, public val providerNonce: String, public val seconds: Long)
