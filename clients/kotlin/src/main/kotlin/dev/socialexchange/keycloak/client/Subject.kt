package dev.socialexchange.keycloak.client

/**
 * What the provider's SDK gave to the app, with what has to go with it.
 *
 * @property type `subject_token_type`
 * @property further the other parameters, those of a single provider included, such as VK's `device_id`
 */
public sealed class Subject(
    internal val token: String,
    internal val type: String,
    internal val further: Map<String, String>,
) {
    /** It is good for one request, unless that was not looked at. */
    internal val hasCode: Boolean = type == CODE || "code" in further

    public class IdToken private constructor(token: String, further: Map<String, String>, given: Map<String, String>) :
        Subject(token, "$STANDARD:id_token", further + given) {
        /**
         * @param nonce the raw one, if the token has one or its SHA-256
         * @param accessToken that came with it, for the profile
         * @param user Apple's name of a first login, as JSON
         */
        public constructor(
            token: String,
            nonce: String? = null,
            accessToken: String? = null,
            user: String? = null,
            further: Map<String, String> = emptyMap(),
        ) : this(token, further, given("nonce" to nonce, "access_token" to accessToken, "user" to user))

        /**
         * With the code that came with it, which the realm redeems in the same exchange, and which brings an access
         * token of its own.
         *
         * @param code Apple's `authorizationCode`, Google's `serverAuthCode`; null where there is none this time
         * @param redirectUri that the code was issued for: empty for those of Google's mobile SDKs, null for those of
         *   Apple's native apps. It goes with a code only, as the verifier does
         */
        public constructor(
            token: String,
            nonce: String? = null,
            code: String?,
            redirectUri: String? = null,
            codeVerifier: String? = null,
            user: String? = null,
            further: Map<String, String> = emptyMap(),
        ) : this(
            token,
            further,
            given("nonce" to nonce, "user" to user) +
                (code?.let { given("code" to it, "redirect_uri" to redirectUri, "code_verifier" to codeVerifier) }
                    ?: emptyMap()),
        )
    }

    public class AccessToken(token: String, further: Map<String, String> = emptyMap()) :
        Subject(token, "$STANDARD:access_token", further)

    /** @param redirectUri that the provider sent the code to; the verifier belongs to the provider's login as well */
    public class Code(
        code: String,
        redirectUri: String,
        codeVerifier: String? = null,
        nonce: String? = null,
        user: String? = null,
        further: Map<String, String> = emptyMap(),
    ) :
        Subject(
            code,
            CODE,
            further +
                given("redirect_uri" to redirectUri, "code_verifier" to codeVerifier, "nonce" to nonce, "user" to user),
        )

    /** Of a widget that signs what it says, such as Telegram's. */
    public class SignedData(data: String, further: Map<String, String> = emptyMap()) :
        Subject(data, "$OWN:signed_data", further)

    internal fun form(): Map<String, String> = further + mapOf("subject_token" to token, "subject_token_type" to type)

    override fun toString(): String = "Subject($type)"
}

private const val STANDARD = "urn:ietf:params:oauth:token-type"
private const val OWN = "urn:keycloak:social-exchange:token-type"
private const val CODE = "$OWN:authorization_code"

private fun given(vararg fields: Pair<String, String?>): Map<String, String> =
    fields.mapNotNull { (name, value) -> value?.let { name to it } }.toMap()
