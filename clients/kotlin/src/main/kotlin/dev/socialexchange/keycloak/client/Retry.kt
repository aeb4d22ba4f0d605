package dev.socialexchange.keycloak.client

import kotlin.time.Duration
import kotlin.time.Duration.Companion.seconds

/**
 * What is done when the realm says when to come again (429 and 503 with `Retry-After`), before the app is told
 * [Answer.TryLater]. A code of the provider's, alone or beside an id_token, is never sent twice, for it may be used up,
 * unless the realm has not looked at it at all.
 *
 * @property times how often the same is asked again; 0 leaves it to the app
 * @property longest the wait that is worth having a person wait for; a longer one is the app's to decide
 */
public data class Retry(val times: Int = 1, val longest: Duration = 5.seconds) {
    init {
        require(times in 0..5) { "times is 0 to 5" }
        require(longest <= 60.seconds) { "longest is at most a minute" }
    }
}
