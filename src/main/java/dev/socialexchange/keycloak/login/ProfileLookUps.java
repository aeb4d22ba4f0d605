package dev.socialexchange.keycloak.login;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import java.time.Duration;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionTask;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Each login looks its own user up, by username, and by e-mail if that is what the username looks like: the profile's duplicate
 * check. Keycloak (26.7) does not cache the look-up of a user whom the session holds already, so that it asks the database each
 * time; in sessions that hold nobody it does. Those cost as well, so they are made for people only who come again within
 * minutes, and after the login.
 */
final class ProfileLookUps {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");
    private static final Duration REMEMBERED = Duration.ofMinutes(5);
    private static final int USERS = 10_000;

    /** How often somebody has come since they were first seen, up to the time that mattered. */
    private final Cache<String, Integer> seen = Caffeine.newBuilder()
            .expireAfterWrite(REMEMBERED)
            .maximumSize(USERS)
            .build();

    /** @param request holds no connection any more */
    void prepare(KeycloakSession request, String username) {
        RealmModel realm = request.getContext().getRealm();
        if (seen.asMap().merge(realm.getId() + '/' + username, 1, Integer::sum) != 2) {
            return;
        }
        try {
            ForeignCode.alone("look-ups of a profile", () -> lookUp(request, realm, username));
        } catch (ExchangeException failed) {
            LOG.debugf("look-ups not prepared: reason=%s", failed.error().reason()); // the login is done without them
        }
    }

    private static Void lookUp(KeycloakSession request, RealmModel realm, String username) {
        inAnotherSession(request, session -> session.users()
                .getUserByUsername(session.getContext().getRealm(), username));
        if (realm.isLoginWithEmailAllowed() && username.indexOf('@') > 0) {
            inAnotherSession(request, session -> session.users()
                    .getUserByEmail(session.getContext().getRealm(), username));
        }
        return null;
    }

    private static void inAnotherSession(KeycloakSession request, KeycloakSessionTask task) {
        KeycloakModelUtils.runJobInTransaction(request.getKeycloakSessionFactory(), request.getContext(), task);
    }
}
