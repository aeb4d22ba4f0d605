package dev.socialexchange.keycloak.client.internal

import dev.socialexchange.keycloak.client.DpopKey
import dev.socialexchange.keycloak.client.NoVerdictException
import dev.socialexchange.keycloak.client.Refusal
import dev.socialexchange.keycloak.client.Retry
import java.io.IOException
import kotlin.coroutines.resume
import kotlin.coroutines.resumeWithException
import kotlin.time.Duration
import kotlin.time.Duration.Companion.milliseconds
import kotlin.time.Duration.Companion.seconds
import kotlinx.coroutines.delay
import kotlinx.coroutines.suspendCancellableCoroutine
import okhttp3.Call
import okhttp3.Callback
import okhttp3.FormBody
import okhttp3.HttpUrl
import okhttp3.MediaType
import okhttp3.OkHttpClient
import okhttp3.Request
import okhttp3.RequestBody
import okhttp3.Response
import okio.BufferedSink
import org.json.JSONException
import org.json.JSONObject

/** Requests to the realm: none follows a redirect, and none is sent twice but by [Retry]. */
internal class Http(client: OkHttpClient, private val retry: Retry, private val dpop: DpopKey?) {
    private val client = client.newBuilder().followRedirects(false).followSslRedirects(false).build()

    suspend fun get(url: HttpUrl): Reply = send(again = { true }) { Request.Builder().url(url).build() }

    /**
     * @param bound whether the answer's tokens are to be bound to the key
     * @param accessToken whose person asks
     * @param again whether what was sent is still good after this refusal
     */
    suspend fun post(
        url: HttpUrl,
        form: Map<String, String>,
        bound: Boolean = false,
        accessToken: String? = null,
        again: (Refusal) -> Boolean = { true },
    ): Reply =
        send(again) {
            val fields = FormBody.Builder()
            form.forEach(fields::add)
            val request = Request.Builder().url(url).post(SentOnce(fields.build()))
            accessToken?.let { request.header("Authorization", (if (dpop == null) "Bearer " else "DPoP ") + it) }
            if (bound || accessToken != null) {
                dpop?.let { request.header("DPoP", it.proof("POST", url.toString(), accessToken)) }
            }
            request.build()
        }

    /** A request of its own for each try: a proof is taken once. */
    private suspend fun send(again: (Refusal) -> Boolean, request: () -> Request): Reply {
        repeat(retry.times) {
            val reply = replyTo(request())
            val wait = reply.wait
            if (wait == null || wait > retry.longest || !again(reply.refusal())) {
                return reply
            }
            delay(wait)
        }
        return replyTo(request())
    }

    private suspend fun replyTo(request: Request): Reply = suspendCancellableCoroutine { continuation ->
        val call = client.newCall(request)
        continuation.invokeOnCancellation { call.cancel() }
        call.enqueue(
            object : Callback {
                override fun onFailure(call: Call, e: IOException) {
                    continuation.resumeWithException(NoVerdictException("The realm did not answer", e))
                }

                override fun onResponse(call: Call, response: Response) {
                    val reply =
                        try {
                            response.use(::reply)
                        } catch (e: IOException) {
                            return onFailure(call, e)
                        }
                    continuation.resume(reply)
                }
            }
        )
    }
}

/** @property wait until the realm wants to be asked again; null where it does not say so */
internal class Reply(val status: Int, val body: JSONObject, val wait: Duration?) {
    val succeeded: Boolean
        get() = status in 200..299

    fun refusal(): Refusal = Refusal(text("error") ?: "http_$status", text("error_reason"), text("error_description"))

    /** Android's `optString` says "null" of a null. */
    fun text(name: String): String? = if (body.isNull(name)) null else body.optString(name).ifEmpty { null }

    /** What is missing in an answer that is one is no verdict either. */
    fun <T> read(body: JSONObject.() -> T): T =
        try {
            this.body.body()
        } catch (e: JSONException) {
            throw NoVerdictException("The realm's answer is not what it has to be", e)
        }
}

private fun reply(response: Response): Reply {
    val text = response.body!!.string()
    val wait = wait(response)
    val body =
        try {
            JSONObject(text)
        } catch (e: JSONException) {
            null
        }
    if (body == null && wait == null && response.code != 204 || response.code >= 500 && wait == null) {
        throw NoVerdictException("The realm gave no verdict: HTTP ${response.code}")
    }
    return Reply(response.code, body ?: JSONObject(), wait)
}

/** 429 without a time comes from a proxy; 503 without one from a server that is just starting, which is no verdict. */
private fun wait(response: Response): Duration? {
    val after = response.header("Retry-After")
    val date = response.headers.getDate("Retry-After")
    return when {
        response.code != 429 && response.code != 503 -> null
        after?.toLongOrNull() != null -> after.toLong().coerceIn(0, 86_400).seconds
        date != null -> (date.time - System.currentTimeMillis()).coerceAtLeast(0).milliseconds
        response.code == 429 -> 10.seconds
        else -> null
    }
}

/**
 * OkHttp sends a form once more where a connection breaks; the realm may have had it by then, and take it for a replay.
 */
private class SentOnce(private val form: RequestBody) : RequestBody() {
    override fun contentType(): MediaType? = form.contentType()

    override fun contentLength(): Long = form.contentLength()

    override fun isOneShot(): Boolean = true

    override fun writeTo(sink: BufferedSink) = form.writeTo(sink)
}
