package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.Arrays;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.common.Profile;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.services.managers.UserConsentManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Whether the person has consented to what the client asks for. */
final class Consent {
    /** A feature of Keycloak 26.7 that 26.6 does not know by this name. */
    private static final Optional<Profile.Feature> PARAMETERIZED_SCOPES = Arrays.stream(Profile.Feature.values())
            .filter(feature -> feature.name().equals("PARAMETERIZED_SCOPES"))
            .findFirst();

    private Consent() {}

    static void require(KeycloakSession session, AuthenticationSessionModel authSession) {
        String scope = authSession.getClientNote(OAuth2Constants.SCOPE);
        ClientModel client = authSession.getClient();
        UserModel user = authSession.getAuthenticatedUser();
        boolean given = hasParameterizedScopes()
                ? OfParameters.isGiven(session, user, client, scope)
                : !client.isConsentRequired() || isGiven(session, user, client, scope);
        if (!given) {
            throw ExchangeException.refuse(ExchangeError.CONSENT);
        }
    }

    /** {@code TokenManager.verifyConsentStillAvailable} changed its signature between 26.6 and 26.7. */
    private static boolean isGiven(KeycloakSession session, UserModel user, ClientModel client, String scope) {
        UserConsentModel granted = UserConsentManager.getConsentByClient(
                session, session.getContext().getRealm(), user, client.getId());
        return TokenManager.getRequestedClientScopes(session, scope, client, user)
                .filter(ClientScopeModel::isDisplayOnConsentScreen)
                .allMatch(requested -> granted != null && granted.isClientScopeGranted(requested));
    }

    private static boolean hasParameterizedScopes() {
        return PARAMETERIZED_SCOPES.filter(Profile::isFeatureEnabled).isPresent();
    }

    /** A class of its own, so that Keycloak 26.6 never meets what it has not. */
    private static final class OfParameters {

        /** Consent to one parameter of a scope is none to another. */
        static boolean isGiven(KeycloakSession session, UserModel user, ClientModel client, String scope) {
            return TokenManager.verifyConsentStillAvailable(session, user, client, null, scope);
        }
    }
}
