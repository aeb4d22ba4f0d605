package dev.socialexchange.keycloak.android

import java.net.URI
import java.net.URLDecoder
import java.util.concurrent.CompletableFuture
import org.json.JSONArray
import org.json.JSONObject

private lateinit var client: RealmClient
private lateinit var session: Session
private var pending = Login()

/**
 * The app of the tests: a command with its arguments per line, as a JSON array of strings; an answer per line, as JSON.
 */
fun main(arguments: Array<String>) {
    client = RealmClient(arguments[0], arguments[1], arguments[2])
    generateSequence(::readLine).forEach { line ->
        val command = JSONArray(line).map { it as String }
        println(JSONObject(outcome(command.first(), command.drop(1))))
    }
}

private fun outcome(command: String, arguments: List<String>): Map<String, Any> =
    when (command) {
        "exchange" -> told(client.exchange(arguments.chunked(2).associate { it[0] to it[1] }))
        "redeem" -> told(client.redeem(pending, queryOf(arguments.single())))
        "accessTokens" -> {
            val one = CompletableFuture.supplyAsync(session::accessToken)
            val other = CompletableFuture.supplyAsync(session::accessToken)
            mapOf("one" to (one.join() ?: JSONObject.NULL), "other" to (other.join() ?: JSONObject.NULL))
        }
        else -> throw IllegalArgumentException(command)
    }

private fun told(answer: Answer): Map<String, Any> =
    when (answer) {
        is Answer.Tokens -> {
            session = Session(client, answer)
            mapOf("tokens" to answer.access, "expiry" to answer.expiry.toString())
        }
        is Answer.PersonNeeded -> {
            pending = answer.login
            mapOf("reason" to answer.reason, "link" to answer.link)
        }
        is Answer.Refused ->
            mapOf("refused" to answer.error, "reason" to answer.reason, "description" to answer.description)
        is Answer.TryLater -> mapOf("later" to answer.seconds)
    }

/** Stands for Android's `Uri.getQueryParameter`. */
private fun queryOf(address: String): (String) -> String? {
    val fields =
        URI(address).rawQuery.orEmpty().split("&").associate { field ->
            field.substringBefore("=") to URLDecoder.decode(field.substringAfter("=", ""), Charsets.UTF_8)
        }
    return fields::get
}
