package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import java.util.Optional;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/**
 * A login that is committed, as far as a provider may have said meanwhile that it counts no more.
 *
 * @param alias of the provider whose account it came by
 * @param account empty where only its session knows, or nobody, which one it was: if nobody, what was said of any of the user's at this provider counts
 * @param provenAt when that was proven, in seconds since the epoch
 * @param sessionId {@code null} if it left no session
 */
record MadeLogin(String userId, String alias, Optional<ExternalAccount> account, long provenAt, String sessionId) {

    /**
     * Ends the session of a login that counts no more.
     *
     * @param own what has been said is read from the database in it, whatever a cache knows
     * @return why it does not count
     */
    Optional<ExchangeException> undo(KeycloakSession own) {
        UserModel user = MarkedUser.stored(own, userId);
        Optional<ExchangeException> refusal = Availability.refusal(own, user)
                .or(() -> said(own, user))
                .or(() -> isLinked(own, user) ? Optional.empty() : Optional.of(ExchangeException.busy("link_gone")));
        if (refusal.isPresent() && sessionId != null) {
            new LinkSessions(own, user).end(sessionId);
        }
        return refusal;
    }

    private Optional<ExchangeException> said(KeycloakSession own, UserModel user) {
        return account.isPresent()
                ? LinkMark.refusal(user, account.get(), provenAt)
                : new SignalsSince(own).refusal(user, alias, () -> cameBy(own), provenAt);
    }

    /** As its session notes it. */
    private Optional<ExternalAccount> cameBy(KeycloakSession own) {
        return Optional.ofNullable(sessionId)
                .map(id -> own.sessions().getUserSession(own.getContext().getRealm(), id))
                .flatMap(userSession -> CameBy.known(own, userSession));
    }

    /** Where no mark can be left on a user, the link itself is taken away. Some databases do not tell capitals from small letters. */
    private boolean isLinked(KeycloakSession own, UserModel user) {
        FederatedIdentityModel link =
                own.users().getFederatedIdentity(own.getContext().getRealm(), user, alias);
        return link != null
                && account.map(ExternalAccount::id)
                        .map(link.getUserId()::equalsIgnoreCase)
                        .orElse(true);
    }
}
