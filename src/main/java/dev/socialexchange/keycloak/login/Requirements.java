package dev.socialexchange.keycloak.login;

import static java.util.Map.entry;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Rehearsal;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What the realm still wants of a user who has logged in: required actions and consent. Never skipped, only reported. */
final class Requirements {
    private static final Map<String, ExchangeError> BY_ACTION = Map.ofEntries(
            entry("VERIFY_EMAIL", ExchangeError.VERIFY_EMAIL),
            entry("VERIFY_PROFILE", ExchangeError.PROFILE_INCOMPLETE),
            entry("UPDATE_PROFILE", ExchangeError.PROFILE_INCOMPLETE),
            entry("CONFIGURE_TOTP", ExchangeError.SECOND_FACTOR),
            entry("CONFIGURE_RECOVERY_AUTHN_CODES", ExchangeError.SECOND_FACTOR),
            entry("webauthn-register", ExchangeError.SECOND_FACTOR),
            entry("webauthn-register-passwordless", ExchangeError.SECOND_FACTOR));

    private final KeycloakSession session;
    private final RealmModel realm;

    Requirements(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    void requireNone(AuthenticationSessionModel authSession, EventBuilder event) {
        UserModel user = authSession.getAuthenticatedUser();
        Rehearsal.journal(session).look(Look.REQUIRED_ACTIONS);
        ForeignCode.call(() -> "required actions", () -> {
            AuthenticationManager.evaluateRequiredActionTriggers(
                    session, authSession, session.getContext().getHttpRequest(), event, realm, user);
            return null;
        });
        Stream.concat(user.getRequiredActionsStream(), authSession.getRequiredActions().stream())
                .filter(this::isEnabled)
                .findFirst()
                .ifPresent(action -> {
                    ExchangeError error = BY_ACTION.getOrDefault(action, ExchangeError.REQUIRED_ACTION);
                    String detail = "required_action_" + action;
                    throw error == ExchangeError.SECOND_FACTOR // which nobody can give, as long as it is not set up
                            ? ExchangeException.refuse(error, "A second factor has to be set up in a browser", detail)
                            : ExchangeException.because(error, detail);
                });
        Rehearsal.journal(session).look(Look.CONSENT);
        Consent.require(session, authSession);
    }

    /** As in browser logins, an action that the realm has switched off asks nobody for anything. */
    private boolean isEnabled(String action) {
        RequiredActionProviderModel model = realm.getRequiredActionProviderByAlias(action);
        return model != null && model.isEnabled();
    }
}
