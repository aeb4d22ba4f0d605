package dev.socialexchange.keycloak.android

import dev.socialexchange.keycloak.android.Answer.PersonNeeded
import dev.socialexchange.keycloak.android.Answer.Refused
import dev.socialexchange.keycloak.android.Answer.Tokens
import dev.socialexchange.keycloak.android.Answer.TryLater
import java.security.MessageDigest
import java.security.SecureRandom
import java.time.Instant
import java.util.Base64
import okhttp3.FormBody
import okhttp3.HttpUrl.Companion.toHttpUrl
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.Response
import org.json.JSONObject

/** What the realm says to a token request. */
sealed interface Answer {
    data class Tokens(val access: String, val refresh: String?, val expiry: Instant) : Answer

    /** Keep the login where it survives the process, and open the link in a Custom Tab. */
    data class PersonNeeded(val reason: String, val link: String, val login: Login) : Answer

    /** [reason] is the stable one, of an exchange; [description] is for the log. */
    data class Refused(val error: String, val reason: String, val description: String) : Answer

    data class TryLater(val seconds: Long) : Answer
}

/** What a browser's answer has to fit. */
data class Login(val state: String = random(), val verifier: String = random()) {
    val challenge: String
        get() = base64url(MessageDigest.getInstance("SHA-256").digest(verifier.toByteArray()))
}

/** An app's way to the realm, as a public client. Calls block: make them on `Dispatchers.IO`. */
class RealmClient(realmUrl: String, private val clientId: String, private val redirectUri: String) {
    private val endpoints = "$realmUrl/protocol/openid-connect"
    private val http = OkHttpClient()

    /** @param subject `subject_issuer`, `subject_token`, `subject_token_type`, and what else the token needs */
    fun exchange(subject: Map<String, String>): Answer {
        val login = Login()
        val form =
            subject +
                mapOf(
                    "grant_type" to "urn:ietf:params:oauth:grant-type:token-exchange",
                    "scope" to "openid",
                    "interaction_redirect_uri" to redirectUri,
                    "interaction_state" to login.state,
                    "interaction_code_challenge" to login.challenge,
                )
        return post(form) { body ->
            val link = body.optString("interaction_uri")
            when (body.optString("error")) {
                "interaction_required" ->
                    PersonNeeded(
                        body.optString("error_reason"),
                        link.ifEmpty { loginPage(subject.getValue("subject_issuer"), login) },
                        login,
                    )
                else -> refusal(body)
            }
        }
    }

    /** @param parameter of the address that the browser came back to: `intent.data!!::getQueryParameter` */
    fun redeem(login: Login, parameter: (String) -> String?): Answer {
        val code = parameter("code")
        return when {
            parameter("state") != login.state -> Refused("state_mismatch", "", "The answer belongs to another login")
            code == null -> Refused(parameter("error").orEmpty(), "", parameter("error_description").orEmpty())
            else ->
                post(
                    mapOf(
                        "grant_type" to "authorization_code",
                        "code" to code,
                        "redirect_uri" to redirectUri,
                        "code_verifier" to login.verifier,
                    )
                )
        }
    }

    fun refresh(refreshToken: String): Answer =
        post(mapOf("grant_type" to "refresh_token", "refresh_token" to refreshToken))

    /** The realm's own login, straight to this provider: what is left where there is no link. */
    private fun loginPage(alias: String, login: Login): String {
        val request =
            mapOf(
                "client_id" to clientId,
                "redirect_uri" to redirectUri,
                "response_type" to "code",
                "scope" to "openid",
                "state" to login.state,
                "code_challenge" to login.challenge,
                "code_challenge_method" to "S256",
                "kc_idp_hint" to alias,
            )
        return "$endpoints/auth".toHttpUrl().newBuilder().apply { request.forEach(::addQueryParameter) }.toString()
    }

    private fun post(form: Map<String, String>, refused: (JSONObject) -> Answer = ::refusal): Answer {
        val fields = FormBody.Builder().add("client_id", clientId)
        form.forEach(fields::add)
        val request = Request.Builder().url("$endpoints/token").post(fields.build()).build()
        return http.newCall(request).execute().use { response ->
            when {
                response.code == 429 || response.code >= 500 ->
                    TryLater(response.header("Retry-After")?.toLongOrNull() ?: 10)
                response.isSuccessful -> tokens(response)
                else -> refused(JSONObject(response.body.string()))
            }
        }
    }

    private fun tokens(response: Response): Tokens {
        val body = JSONObject(response.body.string())
        return Tokens(
            body.getString("access_token"),
            body.optString("refresh_token").ifEmpty { null },
            Instant.now().plusSeconds(body.getLong("expires_in")),
        )
    }

    private fun refusal(body: JSONObject) =
        Refused(body.optString("error"), body.optString("error_reason"), body.optString("error_description"))
}

private fun random() = base64url(ByteArray(32).also(SecureRandom()::nextBytes))

private fun base64url(bytes: ByteArray) = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes)
