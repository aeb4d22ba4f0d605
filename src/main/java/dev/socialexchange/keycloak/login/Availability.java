package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.Optional;
import org.keycloak.authentication.authenticators.util.AuthenticatorUtils;
import org.keycloak.events.Errors;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.BruteForceProtector;

/** Whether a user may log in at all: not disabled, not locked for a time or for good, no client's service account. */
public final class Availability {

    private Availability() {}

    public static Optional<ExchangeException> refusal(KeycloakSession session, UserModel user) {
        String locked = user.isEnabled()
                ? AuthenticatorUtils.getDisabledByBruteForceEventError(
                        session.getProvider(BruteForceProtector.class),
                        session,
                        session.getContext().getRealm(),
                        user)
                : Errors.USER_DISABLED;
        return locked == null && user.getServiceAccountClientLink() == null
                ? Optional.empty()
                : Optional.of(ExchangeException.because(ExchangeError.ACCOUNT_UNAVAILABLE, locked));
    }
}
