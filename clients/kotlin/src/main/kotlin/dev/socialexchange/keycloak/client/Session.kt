package dev.socialexchange.keycloak.client

import java.io.IOException
import java.time.Instant
import kotlinx.coroutines.NonCancellable
import kotlinx.coroutines.sync.Mutex
import kotlinx.coroutines.sync.withLock
import kotlinx.coroutines.withContext

/**
 * Shows a link to the person: in a Custom Tab, never in a `WebView`, where nobody can see whom they give their password
 * to.
 */
public fun interface Browser {
    public fun open(link: String)
}

/** Keeps a few short texts where no other app can read them, and a backup does not take them. */
public interface SecureStorage {
    public suspend fun read(name: String): String?

    /** @param value null takes it away */
    public suspend fun write(name: String, value: String?)
}

/** For tests, and for apps whose people sign in again with each start. */
public class MemoryStorage : SecureStorage {
    private val values = mutableMapOf<String, String?>()

    override suspend fun read(name: String): String? = values[name]

    override suspend fun write(name: String, value: String?) {
        values[name] = value
    }
}

/**
 * A person's way in, and their tokens. The refresh token and a login that is under way are in the
 * [storage][SecureStorage], so that an app which the system ends meanwhile goes on from there.
 */
public class Session(private val realm: RealmClient, private val storage: SecureStorage, private val browser: Browser) {
    private val turn = Mutex()
    private var tokens: Answer.Tokens? = null

    /** Opens the browser where the person is needed; [resume] then has the end of it. */
    public suspend fun signIn(alias: String, subject: Subject): Answer {
        val answer = turn.withLock { realm.exchange(alias, subject).also { keep(it) } }
        if (answer is Answer.PersonNeeded) {
            browser.open(answer.link)
        }
        return answer
    }

    /**
     * An answer that belongs to no login of ours ends none.
     *
     * @param callback the address that the browser came back to: `intent.data.toString()`
     */
    public suspend fun resume(callback: String): Answer =
        turn.withLock {
            val login = storage.read(LOGIN)?.let(Login::of) ?: Login()
            toTheEnd {
                val answer = realm.redeem(login, callback)
                if ((answer as? Answer.Refused)?.refusal?.error != "state_mismatch") {
                    storage.write(LOGIN, null)
                }
                answer.also { keep(it) }
            }
        }

    /**
     * For the next call of your back end; null when the person has to sign in again. One refresh at a time: a realm may
     * take a refresh token that is used twice for a stolen one.
     *
     * @throws IOException if the realm does not answer; the person is still signed in
     */
    public suspend fun accessToken(): String? =
        turn.withLock {
            val current = tokens
            if (current != null && Instant.now().plusSeconds(30).isBefore(current.expiry)) {
                return current.access
            }
            val refreshToken = storage.read(REFRESH_TOKEN) ?: return null
            toTheEnd {
                when (val answer = realm.refresh(refreshToken)) {
                    is Answer.Tokens -> answer.also { keep(it, refreshToken) }.access
                    is Answer.Refused -> over(answer.refusal)
                    else -> throw NoVerdictException("The realm cannot be asked now; still signed in")
                }
            }
        }

    /** Links an account of another provider to the person who is signed in. */
    public suspend fun link(alias: String, subject: Subject): LinkAnswer =
        accessToken()?.let { realm.link(alias, subject, it) }
            ?: LinkAnswer.Refused(Refusal("invalid_token", null, "Nobody is signed in"))

    /**
     * Forgets the tokens here in any case.
     *
     * @throws IOException if the realm could not be told, where the session then lives until it runs out
     */
    public suspend fun signOut() {
        turn.withLock {
            val refreshToken = storage.read(REFRESH_TOKEN)
            forget()
            refreshToken?.let { realm.signOut(it) }
        }
    }

    /** The screen that asked may be gone by then, but the old refresh token and the code are used up. */
    private suspend fun <T> toTheEnd(request: suspend () -> T): T = withContext(NonCancellable) { request() }

    /** Only this error speaks of the session; what a realm in trouble says of the client signs nobody out. */
    private suspend fun over(refusal: Refusal): String? {
        if (refusal.error != "invalid_grant") {
            throw RefusedException(refusal)
        }
        forget()
        return null
    }

    /** @param before the refresh token that a refresh leaves as it is where its answer has none (RFC 6749 §6) */
    private suspend fun keep(answer: Answer, before: String? = null) {
        if (answer is Answer.Tokens) {
            tokens = answer
            storage.write(REFRESH_TOKEN, answer.refresh ?: before)
        }
        if (answer is Answer.PersonNeeded) {
            storage.write(LOGIN, answer.login.kept())
        }
    }

    private suspend fun forget() {
        tokens = null
        storage.write(REFRESH_TOKEN, null)
        storage.write(LOGIN, null)
    }
}

private const val REFRESH_TOKEN = "refresh_token"
private const val LOGIN = "login"
