package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.OwnTransaction;
import java.util.Optional;
import java.util.function.BiFunction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;

/**
 * Changes of what signals have left on a user, one at a time across the cluster: attributes are written as a whole, so that of two who have read the same the
 * second would undo what the first has written.
 */
public final class MarkedUser {

    private MarkedUser() {}

    /**
     * @param request gives its connection back before anything is waited for
     * @param work in a transaction of its own, on the user as the database has them; committed when this returns
     * @throws ExchangeException if somebody else is at it for too long, or there is no such user any more
     */
    public static <T> T changing(
            KeycloakSession request, String userId, BiFunction<KeycloakSession, UserModel, T> work) {
        LinkGuard guard = LinkGuard.ofMarks(request, request.getContext().getRealm(), userId);
        return guard.holding(() -> new OwnTransaction(request).run(session -> {
            guard.holdUntilCommit(session);
            return work.apply(session, stored(session, userId));
        }));
    }

    /**
     * Changes in a transaction that goes on for other reasons, on the user as the database has them: until it has ended, nobody else makes any.
     *
     * @param session whose transaction it is; it may ask several times
     * @return empty if somebody else is at it, or nobody knows: whoever keeps a connection cannot wait
     */
    static Optional<UserModel> held(KeycloakSession session, String userId) {
        String held = MarkedUser.class.getName() + ' ' + userId;
        if (session.getAttribute(held) == null) {
            LinkGuard guard = LinkGuard.ofMarks(session, session.getContext().getRealm(), userId);
            if (!guard.tryAcquireUntilEnd(session)) {
                return Optional.empty();
            }
            session.setAttribute(held, guard);
            guard.holdUntilCommit(session);
        }
        return Optional.of(stored(session, userId));
    }

    /** A cache may not have heard yet of what another node has just written. */
    static UserModel stored(KeycloakSession session, String userId) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            throw ExchangeException.busy("user_gone");
        }
        if (user instanceof CachedUserModel cached) {
            cached.invalidate();
        }
        return user;
    }
}
