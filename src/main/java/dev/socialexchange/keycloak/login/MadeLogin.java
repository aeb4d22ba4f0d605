package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * A login that is committed, as far as a provider may have said meanwhile that it counts no more.
 *
 * @param alias of the provider whose account it came by
 * @param provenAt when that was proven, in seconds since the epoch
 * @param sessionId {@code null} if it left no session
 */
record MadeLogin(String userId, String alias, long provenAt, String sessionId) {

    /**
     * Ends the session of a login that counts no more.
     *
     * @param own what has been said is read from the database in it, whatever a cache knows
     * @return why it does not count
     */
    Optional<ExchangeException> undo(KeycloakSession own) {
        UserModel user = MarkedUser.stored(own, userId);
        Optional<ExchangeException> refusal = Availability.refusal(own, user)
                .or(() -> new SignalsSince(own).refusal(user, alias, provenAt))
                .or(() -> isLinked(own, user) ? Optional.empty() : Optional.of(ExchangeException.busy("link_gone")));
        if (refusal.isPresent() && sessionId != null) {
            new LinkSessions(own, user).end(sessionId);
        }
        return refusal;
    }

    /** Where no mark can be left on a user, the link itself is taken away. */
    private boolean isLinked(KeycloakSession own, UserModel user) {
        return own.users().getFederatedIdentity(own.getContext().getRealm(), user, alias) != null;
    }
}
