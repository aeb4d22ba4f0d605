package dev.socialexchange.keycloak.client

import com.sun.net.httpserver.HttpExchange
import com.sun.net.httpserver.HttpServer
import java.net.InetAddress
import java.net.InetSocketAddress
import java.net.URLDecoder
import java.util.concurrent.ConcurrentLinkedQueue
import org.json.JSONObject

/** Answers in the order in which it was told to, and remembers what it was asked. */
class FakeRealm : AutoCloseable {
    private val server = HttpServer.create(InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0)
    private val answers = ConcurrentLinkedQueue<(HttpExchange) -> Unit>()
    private val delays = ConcurrentLinkedQueue<() -> Unit>()
    val asked = ConcurrentLinkedQueue<Asked>()
    val url = "http://localhost:${server.address.port}/realms/social"

    data class Asked(val line: String, val form: Map<String, String>, val headers: Map<String, String>)

    init {
        server.createContext("/") { exchange ->
            val form = exchange.requestBody.readBytes().decodeToString()
            val headers = exchange.requestHeaders.entries.associate { it.key.lowercase() to it.value.first() }
            asked += Asked("${exchange.requestMethod} ${exchange.requestURI}", fields(form), headers)
            delays.poll()?.invoke()
            exchange.use { answers.remove()(it) }
        }
        server.start()
    }

    fun says(status: Int, body: String, vararg headers: Pair<String, String>) = apply {
        answers += { exchange ->
            headers.forEach { (name, value) -> exchange.responseHeaders.add(name, value) }
            val bytes = body.toByteArray()
            exchange.sendResponseHeaders(status, if (bytes.isEmpty()) -1 else bytes.size.toLong())
            if (bytes.isNotEmpty()) exchange.responseBody.write(bytes)
        }
    }

    fun signsIn(access: String = "access", refresh: String? = "refresh", seconds: Int = 300) =
        says(
            200,
            JSONObject(mapOf("access_token" to access, "refresh_token" to refresh, "expires_in" to seconds)).toString(),
        )

    fun refuses(status: Int, error: String, reason: String? = null, vararg headers: Pair<String, String>) =
        says(status, JSONObject(mapOf("error" to error, "error_reason" to reason)).toString(), *headers)

    /** Does this before the next answer. */
    fun answersWhen(before: () -> Unit) = apply { delays += before }

    fun hangsUp() = apply { answers += { it.close() } }

    fun client(retry: Retry = Retry(), dpop: DpopKey? = null) =
        RealmClient(url, "app", "com.example.app:/signed-in", retry = retry, dpop = dpop)

    override fun close() = server.stop(0)
}

fun fields(form: String): Map<String, String> =
    form
        .split("&")
        .filter { it.isNotEmpty() }
        .associate {
            URLDecoder.decode(it.substringBefore("="), Charsets.UTF_8) to
                URLDecoder.decode(it.substringAfter("="), Charsets.UTF_8)
        }
