package dev.socialexchange.keycloak.broker;

import static java.util.Map.entry;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionTask;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.UserConsentManager;
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

    private static final Map<ExchangeError, String> DESCRIPTIONS = Map.of(
            ExchangeError.VERIFY_EMAIL, "The account's e-mail address has to be verified",
            ExchangeError.PROFILE_INCOMPLETE, "The account's profile has to be completed in a browser",
            ExchangeError.SECOND_FACTOR, "A second factor has to be set up in a browser",
            ExchangeError.REQUIRED_ACTION, "The account has something to do in a browser first");

    private static final Duration LOOK_UPS_STAY = Duration.ofMinutes(1);
    private static final int USERS = 10_000;
    private static final Cache<String, Boolean> LOOKED_UP = Caffeine.newBuilder()
            .expireAfterWrite(LOOK_UPS_STAY)
            .maximumSize(USERS)
            .build();

    private final KeycloakSession session;
    private final RealmModel realm;

    Requirements(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
    }

    void requireNone(AuthenticationSessionModel authSession, EventBuilder event) {
        UserModel user = authSession.getAuthenticatedUser();
        cacheLookUps(user.getUsername());
        AuthenticationManager.evaluateRequiredActionTriggers(
                session, authSession, session.getContext().getHttpRequest(), event, realm, user);
        Stream.concat(user.getRequiredActionsStream(), authSession.getRequiredActions().stream())
                .filter(this::isEnabled)
                .findFirst()
                .ifPresent(action -> {
                    ExchangeError error = BY_ACTION.getOrDefault(action, ExchangeError.REQUIRED_ACTION);
                    throw ExchangeException.refuse(error, DESCRIPTIONS.get(error), "required_action_" + action);
                });
        requireConsent(authSession, user);
    }

    /**
     * The profile's duplicate check looks the user up by username, and by e-mail if that is what the username looks like.
     * Keycloak (26.7) does not cache the look-up of a user whom the session holds already, so that it would ask the database
     * at each login; in sessions that hold nobody it does. Those cost as well, hence once in a while only.
     */
    private void cacheLookUps(String username) {
        if (LOOKED_UP.asMap().putIfAbsent(realm.getId() + '/' + username, true) != null) {
            return;
        }
        inAnotherSession(
                other -> other.users().getUserByUsername(other.getContext().getRealm(), username));
        if (realm.isLoginWithEmailAllowed() && username.indexOf('@') > 0) {
            inAnotherSession(
                    other -> other.users().getUserByEmail(other.getContext().getRealm(), username));
        }
    }

    private void inAnotherSession(KeycloakSessionTask task) {
        KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), session.getContext(), task);
    }

    /** As in browser logins, an action that the realm has switched off asks nobody for anything. */
    private boolean isEnabled(String action) {
        RequiredActionProviderModel model = realm.getRequiredActionProviderByAlias(action);
        return model != null && model.isEnabled();
    }

    private void requireConsent(AuthenticationSessionModel authSession, UserModel user) {
        ClientModel client = authSession.getClient();
        if (!client.isConsentRequired()) {
            return;
        }
        // TokenManager.verifyConsentStillAvailable changed its signature between 26.6 and 26.7
        UserConsentModel granted = UserConsentManager.getConsentByClient(session, realm, user, client.getId());
        String scope = authSession.getClientNote(OAuth2Constants.SCOPE);
        boolean missing = TokenManager.getRequestedClientScopes(session, scope, client, user)
                .filter(ClientScopeModel::isDisplayOnConsentScreen)
                .anyMatch(requested -> granted == null || !granted.isClientScopeGranted(requested));
        if (missing) {
            throw ExchangeException.refuse(ExchangeError.CONSENT, "The person has to consent to this client first");
        }
    }
}
