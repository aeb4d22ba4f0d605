package dev.socialexchange.keycloak.android

import java.io.IOException
import java.time.Instant

/** Somebody who is signed in. The refresh token belongs into encrypted storage, if it has to outlive the app. */
class Session(private val realm: RealmClient, private var tokens: Answer.Tokens) {
    /**
     * For the next call of your back end; null when the person has to sign in again. One refresh at a time: a realm may
     * take a refresh token that is used twice for a stolen one.
     */
    @Synchronized
    fun accessToken(): String? {
        if (Instant.now().plusSeconds(30).isBefore(tokens.expiry)) {
            return tokens.access
        }
        val refreshToken = tokens.refresh ?: return null
        when (val answer = realm.refresh(refreshToken)) {
            is Answer.Tokens -> tokens = answer
            is Answer.TryLater -> throw IOException("The realm does not answer; still signed in")
            else -> return null
        }
        return tokens.access
    }
}
