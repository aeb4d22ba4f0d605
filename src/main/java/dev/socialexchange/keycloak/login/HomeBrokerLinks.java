package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.RequestEvent;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.resources.IdentityBrokerService;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Asks {@link HomeBroker} where Keycloak itself writes a link of one of our types, at the end of a first login in a browser: its
 * own steps lead there without asking, however the account was proven.
 */
public final class HomeBrokerLinks implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityCreatedEvent created) {
            KeycloakSession session = created.getKeycloakSession();
            AuthenticationSessionModel authSession = session.getContext().getAuthenticationSession();
            String alias = created.getFederatedIdentity().getIdentityProvider();
            if (authSession != null
                    && alias.equals(authSession.getAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS))
                    && IdentityBrokerService.getIdentityProvider(session, alias) instanceof ExchangeIdentityProvider
                    && HomeBroker.forbids(session, created.getUser(), alias)) {
                refuse(created, authSession);
            }
        }
    }

    /** The link is written and not yet committed. */
    private static void refuse(FederatedIdentityCreatedEvent created, AuthenticationSessionModel authSession) {
        KeycloakSession session = created.getKeycloakSession();
        FederatedIdentityModel link = created.getFederatedIdentity();
        session.getTransactionManager().setRollbackOnly();
        ExchangeError error = ExchangeError.LINKING_NOT_ALLOWED;
        RequestEvent.of(session)
                .event(EventType.FEDERATED_IDENTITY_LINK)
                .client(authSession.getClient())
                .user(created.getUser())
                .detail(Details.IDENTITY_PROVIDER, link.getIdentityProvider())
                .detail(Details.IDENTITY_PROVIDER_USERNAME, link.getUserName())
                .detail(Details.REASON, error.reason(HomeBroker.DETAIL))
                .error(error.eventError());
        throw new ErrorPageException(session, authSession, Response.Status.FORBIDDEN, HomeBroker.MESSAGE);
    }
}
