package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What Keycloak's own endpoints ask before anything else, and the realm resource (26.7) is not asked by anybody. */
public final class OpenRealm {

    private OpenRealm() {}

    /** Why nobody is let in here now, or not over this connection. */
    public static Optional<ExchangeException> refusal(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        if (!isSecureEnough(session, realm)) {
            return Optional.of(ExchangeException.refuse(ExchangeError.HTTPS_REQUIRED));
        }
        return realm.isEnabled()
                ? Optional.empty()
                : Optional.of(ExchangeException.refuse(ExchangeError.REALM_DISABLED));
    }

    private static boolean isSecureEnough(KeycloakSession session, RealmModel realm) {
        return "https".equals(session.getContext().getUri().getBaseUri().getScheme())
                || !realm.getSslRequired().isRequired(session.getContext().getConnection());
    }
}
