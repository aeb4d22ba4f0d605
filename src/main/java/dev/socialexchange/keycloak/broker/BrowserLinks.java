package dev.socialexchange.keycloak.broker;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Holds the {@link LinkGuard} for the links that Keycloak itself writes at the end of a first broker login in a browser: while
 * the person was reading pages, an exchange or another tab may have linked the same account to another user.
 */
final class BrowserLinks implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityCreatedEvent created && isOfFirstLogin(created)) {
            guard(created);
        }
    }

    /** Links that an administrator or an import writes are their own decision, and exchanges hold the guard already. */
    private static boolean isOfFirstLogin(FederatedIdentityCreatedEvent created) {
        AuthenticationSessionModel authSession =
                created.getKeycloakSession().getContext().getAuthenticationSession();
        return authSession != null
                && created.getFederatedIdentity()
                        .getIdentityProvider()
                        .equals(authSession.getAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS));
    }

    /** Called when the link is written and not yet committed. */
    private static void guard(FederatedIdentityCreatedEvent created) {
        KeycloakSession session = created.getKeycloakSession();
        FederatedIdentityModel link = created.getFederatedIdentity();
        LinkGuard guard = new LinkGuard(session, created.getRealm(), link.getIdentityProvider(), link.getUserId());
        guard.acquire();
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                guard.release();
            }

            @Override
            protected void rollbackImpl() {
                guard.release();
            }
        });
        if (isLinkedToAnother(session, created.getUser(), link)) {
            // Keycloak (26.7) answers this with an error page, which alone would commit
            session.getTransactionManager().setRollbackOnly();
            throw new ModelDuplicateException("the external account is linked to another user");
        }
    }

    /** In a session that does not see the new link. */
    private static boolean isLinkedToAnother(KeycloakSession session, UserModel user, FederatedIdentityModel link) {
        String userId = user.getId();
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                other -> {
                    try {
                        UserModel linked =
                                new ExternalAccount(link.getIdentityProvider(), link.getUserId()).linkedUser(other);
                        return linked != null && !linked.getId().equals(userId);
                    } catch (ExchangeException several) {
                        return true;
                    }
                },
                "social exchange link");
    }
}
