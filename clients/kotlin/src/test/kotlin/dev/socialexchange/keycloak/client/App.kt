package dev.socialexchange.keycloak.client

import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.json.JSONArray
import org.json.JSONObject

private lateinit var client: RealmClient
private lateinit var session: Session
private val storage = MemoryStorage()
private var opened = ""

/**
 * The app of the tests: a command with its arguments per line, as a JSON array of strings; an answer per line, as JSON.
 */
fun main(arguments: Array<String>) {
    val (realm, clientId, redirectUri) = arguments
    val key = arguments.getOrNull(3)?.let { DpopKey.generate() }
    client = RealmClient(realm, clientId, redirectUri, retry = Retry(times = 0), dpop = key)
    session = Session(client, storage) { opened = it }
    generateSequence(::readLine).forEach { line ->
        val command = JSONArray(line).map { it as String }
        val outcome = runBlocking(Dispatchers.Default) { outcome(command.first(), command.drop(1)) }
        println(JSONObject(outcome))
    }
}

private suspend fun outcome(command: String, arguments: List<String>): Map<String, Any> =
    when (command) {
        "exchange" -> {
            val form = fields(arguments)
            told(session.signIn(form.getValue("subject_issuer"), subject(form)))
        }
        "redeem" -> told(session.resume(arguments.single()))
        "accessTokens" ->
            runBlocking {
                val one = async { session.accessToken() }
                val other = async { session.accessToken() }
                mapOf("one" to (one.await() ?: JSONObject.NULL), "other" to (other.await() ?: JSONObject.NULL))
            }
        "link" -> {
            val form = fields(arguments)
            when (val answer = session.link(form.getValue("subject_issuer"), subject(form))) {
                is LinkAnswer.Linked -> mapOf("created" to answer.created)
                is LinkAnswer.Refused -> told(Answer.Refused(answer.refusal))
                is LinkAnswer.TryLater -> told(Answer.TryLater(answer.refusal, answer.wait))
            }
        }
        "providers" -> mapOf("aliases" to client.providers().map { it.alias })
        "nonce" -> client.nonce().let { mapOf("nonce" to it.nonce, "providerNonce" to it.providerNonce) }
        "signOut" -> mapOf("done" to session.signOut())
        else -> throw IllegalArgumentException(command)
    }

private fun fields(arguments: List<String>) = arguments.chunked(2).associate { it[0] to it[1] }

private fun subject(form: Map<String, String>): Subject {
    val token = form.getValue("subject_token")
    return when (form.getValue("subject_token_type").substringAfterLast(":")) {
        "id_token" -> Subject.IdToken(token, form["nonce"])
        "access_token" -> Subject.AccessToken(token)
        else -> throw IllegalArgumentException(form.getValue("subject_token_type"))
    }
}

private fun told(answer: Answer): Map<String, Any> =
    when (answer) {
        is Answer.Tokens -> mapOf("tokens" to answer.access, "expiry" to answer.expiry.toString())
        is Answer.PersonNeeded -> mapOf("reason" to answer.refusal.word.orEmpty(), "link" to opened)
        is Answer.Refused ->
            mapOf(
                "refused" to answer.refusal.error,
                "reason" to answer.refusal.word.orEmpty(),
                "description" to answer.refusal.description.orEmpty(),
            )
        is Answer.TryLater -> mapOf("later" to answer.wait.inWholeSeconds)
    }
