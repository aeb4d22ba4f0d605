package dev.socialexchange.keycloak.client

import dev.socialexchange.keycloak.client.Answer.PersonNeeded
import dev.socialexchange.keycloak.client.Answer.Refused
import dev.socialexchange.keycloak.client.Answer.Tokens
import dev.socialexchange.keycloak.client.Answer.TryLater
import dev.socialexchange.keycloak.client.internal.Http
import dev.socialexchange.keycloak.client.internal.Reply
import java.time.Instant
import okhttp3.HttpUrl
import okhttp3.HttpUrl.Companion.toHttpUrl
import okhttp3.OkHttpClient
import org.json.JSONObject

/**
 * An app's way to the realm, as a public client: one call for each request, and nothing kept. [Session] keeps what has
 * to be.
 *
 * All calls throw [NoVerdictException] where no answer came that could be relied on.
 *
 * @param realm `https://keycloak.example/realms/social`; plain HTTP only to the machine itself
 * @param redirectUri where a browser comes back to; one of the client's valid redirect URIs
 * @param scope `openid offline_access` for somebody who stays signed in for weeks
 * @param dpop binds tokens to a key
 * @param issuer the realm's own name, where that is not how the app reaches it
 */
public class RealmClient(
    realm: String,
    private val clientId: String,
    private val redirectUri: String,
    private val scope: String = "openid",
    http: OkHttpClient = OkHttpClient(),
    retry: Retry = Retry(),
    dpop: DpopKey? = null,
    issuer: String = realm,
) {
    private val realm = realm.toHttpUrl().also { require(it.isHttps || it.host in OWN_HOSTS) { "HTTPS is required" } }
    private val issuer = issuer.trimEnd('/')
    private val http = Http(http, retry, dpop)

    /** The buttons to draw, in the order of the realm's login page. */
    public suspend fun providers(): List<Provider> {
        val url = door("providers").newBuilder().addQueryParameter("client_id", clientId).build()
        return accepted(http.get(url)).read {
            getJSONArray("providers").let { list -> List(list.length()) { provider(list.getJSONObject(it)) } }
        }
    }

    /** For a provider's SDK and the exchange after it. */
    public suspend fun nonce(): Nonce =
        accepted(http.post(door("nonce"), mapOf("client_id" to clientId))).read {
            Nonce(getString("nonce"), getString("provider_nonce"), getLong("expires_in"))
        }

    /** @param alias of the provider in the realm, `subject_issuer` */
    public suspend fun exchange(alias: String, subject: Subject): Answer {
        val login = Login()
        val form =
            subject.form() +
                mapOf(
                    "grant_type" to "urn:ietf:params:oauth:grant-type:token-exchange",
                    "subject_issuer" to alias,
                    "scope" to scope,
                    "interaction_redirect_uri" to redirectUri,
                    "interaction_state" to login.state,
                    "interaction_code_challenge" to login.challenge,
                )
        val reply = token(form) { subject.isGoodAfter(it) }
        return when (reply.text("error")) {
            "interaction_required" ->
                PersonNeeded(reply.refusal(), reply.text("interaction_uri") ?: loginPage(alias, login), login)
            else -> answer(reply)
        }
    }

    /** @param callback the address that the browser came back to: `intent.data.toString()` */
    public suspend fun redeem(login: Login, callback: String): Answer {
        val parameters = parametersOf(callback)
        val code = parameters["code"]
        return when {
            parameters["state"] != login.state -> Refused(mismatch("state"))
            parameters["iss"]?.let { it != issuer } == true -> Refused(mismatch("iss"))
            code == null ->
                Refused(Refusal(parameters["error"] ?: "code_missing", null, parameters["error_description"]))
            else ->
                answer(
                    token(
                        mapOf(
                            "grant_type" to "authorization_code",
                            "code" to code,
                            "redirect_uri" to redirectUri,
                            "code_verifier" to login.verifier,
                        )
                    )
                )
        }
    }

    public suspend fun refresh(refreshToken: String): Answer =
        answer(token(mapOf("grant_type" to "refresh_token", "refresh_token" to refreshToken)))

    /** Links an account to the person whose access token this is, and who has signed in just now. */
    public suspend fun link(alias: String, subject: Subject, accessToken: String): LinkAnswer {
        val url = door("links").newBuilder().addPathSegment(alias).build()
        val reply = http.post(url, subject.form(), accessToken = accessToken) { subject.isGoodAfter(it) }
        return when {
            reply.succeeded -> LinkAnswer.Linked(reply.read { getBoolean("link_created") })
            reply.wait != null -> LinkAnswer.TryLater(reply.refusal(), reply.wait)
            else -> LinkAnswer.Refused(reply.refusal())
        }
    }

    /** Ends the session in the realm. */
    public suspend fun signOut(refreshToken: String) {
        accepted(http.post(endpoint("logout"), mapOf("client_id" to clientId, "refresh_token" to refreshToken)))
    }

    /** The realm's own login, straight to this provider: what is left where there is no link. */
    private fun loginPage(alias: String, login: Login): String {
        val request =
            mapOf(
                "client_id" to clientId,
                "redirect_uri" to redirectUri,
                "response_type" to "code",
                "scope" to scope,
                "state" to login.state,
                "code_challenge" to login.challenge,
                "code_challenge_method" to "S256",
                "kc_idp_hint" to alias,
            )
        return endpoint("auth").newBuilder().apply { request.forEach(::addQueryParameter) }.toString()
    }

    private suspend fun token(form: Map<String, String>, again: (Refusal) -> Boolean = { true }): Reply =
        http.post(endpoint("token"), form + ("client_id" to clientId), bound = true, again = again)

    private fun answer(reply: Reply): Answer =
        when {
            reply.succeeded -> tokens(reply)
            reply.wait != null -> TryLater(reply.refusal(), reply.wait)
            else -> Refused(reply.refusal())
        }

    private fun endpoint(name: String): HttpUrl =
        realm.newBuilder().addPathSegments("protocol/openid-connect").addPathSegment(name).build()

    private fun door(name: String): HttpUrl =
        realm.newBuilder().addPathSegment("social-exchange").addPathSegment(name).build()
}

/** The last one is how Android's emulator calls the machine that it runs on. */
private val OWN_HOSTS = setOf("localhost", "127.0.0.1", "::1", "10.0.2.2")

/** A code may be used up by then, alone or beside an id_token, unless nobody has looked at it. */
private fun Subject.isGoodAfter(refusal: Refusal): Boolean = !hasCode || refusal.reason == Reason.THROTTLED

private fun mismatch(parameter: String) =
    Refusal("state_mismatch", null, "The answer belongs to another login: $parameter is not ours")

private fun accepted(reply: Reply): Reply = reply.also { if (!it.succeeded) throw RefusedException(it.refusal()) }

private fun tokens(reply: Reply): Tokens =
    reply.read {
        Tokens(
            getString("access_token"),
            reply.text("refresh_token"),
            reply.text("id_token"),
            Instant.now().plusSeconds(getLong("expires_in")),
        )
    }

private fun provider(entry: JSONObject): Provider =
    with(entry) {
        Provider(
            getString("alias"),
            getString("type"),
            getString("display_name"),
            getString("client_id"),
            getJSONArray("subject_token_types").let { list -> List(list.length(), list::getString) },
            getString("nonce"),
            getBoolean("link_only"),
        )
    }

/** A query is a query whatever the scheme, but OkHttp reads the addresses of the web alone. */
private fun parametersOf(callback: String): Map<String, String?> {
    val query = callback.substringBefore("#").substringAfter("?", "")
    val url = "https://callback.invalid/?$query".toHttpUrl()
    return url.queryParameterNames.associateWith(url::queryParameter)
}
