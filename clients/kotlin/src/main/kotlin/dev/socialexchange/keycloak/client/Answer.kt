package dev.socialexchange.keycloak.client

import dev.socialexchange.keycloak.client.internal.base64url
import dev.socialexchange.keycloak.client.internal.sha256
import dev.socialexchange.keycloak.client.internal.unguessable
import java.io.IOException
import java.time.Instant
import kotlin.time.Duration

/** What the realm says to a request for tokens. None of it prints a token. */
public sealed interface Answer {
    /** @property expiry of the access token, by this device's clock */
    public class Tokens(
        public val access: String,
        public val refresh: String?,
        public val id: String?,
        public val expiry: Instant,
    ) : Answer {
        override fun toString(): String = "Tokens(expiry=$expiry)"
    }

    /**
     * Keep the login where it survives the process, and open the link in a Custom Tab. It opens once, and for minutes.
     */
    public class PersonNeeded(public val refusal: Refusal, public val link: String, public val login: Login) : Answer {
        override fun toString(): String = "PersonNeeded($refusal)"
    }

    public data class Refused(val refusal: Refusal) : Answer

    /**
     * Not now, after as many tries as [Retry] allows. A code of the provider's may be used up; all else can be sent
     * again, an id_token that a code came with as well, but without it.
     */
    public data class TryLater(val refusal: Refusal, val wait: Duration) : Answer
}

/** What the realm says to somebody who wants one more account linked to theirs. */
public sealed interface LinkAnswer {
    /** @property created false if it was linked before */
    public data class Linked(val created: Boolean) : LinkAnswer

    public data class Refused(val refusal: Refusal) : LinkAnswer

    public data class TryLater(val refusal: Refusal, val wait: Duration) : LinkAnswer
}

/**
 * @property error the OAuth code, or `state_mismatch` for an answer that belongs to another login
 * @property word `error_reason` as it came; null where the realm says no before it has looked at the token
 * @property description for the log, and not to be relied on
 */
public data class Refusal(val error: String, val word: String? = null, val description: String? = null) {
    /** Null as well for a word that is newer than this library: go by [error] then. */
    val reason: Reason?
        get() = Reason.of(word)
}

/** Said of what is asked without a person: a wrong client, a realm that is closed. */
public class RefusedException(public val refusal: Refusal) :
    IOException("${refusal.word ?: refusal.error}: ${refusal.description}")

/** Nobody can tell whether it was done. Of an exchange: ask the provider for a fresh token, once, and send that. */
public class NoVerdictException(message: String, cause: Throwable? = null) : IOException(message, cause)

/** What a browser's answer has to fit. */
public class Login
internal constructor(public val state: String = unguessable(), public val verifier: String = unguessable()) {
    internal val challenge: String
        get() = base64url(sha256(verifier))

    /** For secure storage. */
    internal fun kept(): String = "$state $verifier"

    internal companion object {
        fun of(kept: String): Login = Login(kept.substringBefore(" "), kept.substringAfter(" "))
    }
}
