package dev.socialexchange.keycloak.login;

import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.storage.federated.UserFederatedStorageProvider;

/**
 * Holds the {@link LinkGuard} for the links that Keycloak itself writes at the end of a first broker login in a browser: while
 * the person was reading pages, an exchange or another tab may have linked the same account to another user.
 */
public final class BrowserLinks implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityCreatedEvent created && isOfFirstLogin(created)) {
            guard(created);
        }
    }

    /** Links that an administrator writes, or Keycloak's own import, are their decision; exchanges and imports of ours hold the guard already. */
    static boolean isOfFirstLogin(FederatedIdentityCreatedEvent created) {
        AuthenticationSessionModel authSession =
                created.getKeycloakSession().getContext().getAuthenticationSession();
        return authSession != null
                && isOfFirstLogin(authSession, created.getFederatedIdentity().getIdentityProvider());
    }

    static boolean isOfFirstLogin(AuthenticationSessionModel authSession, String alias) {
        return alias.equals(authSession.getAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS));
    }

    /**
     * Called when the link is written and not yet committed. The connection cannot be given back here, so nothing is waited
     * for: whoever comes in the moment in which another request links the same account signs in once more.
     */
    private static void guard(FederatedIdentityCreatedEvent created) {
        KeycloakSession session = created.getKeycloakSession();
        FederatedIdentityModel link = created.getFederatedIdentity();
        LinkGuard guard = new LinkGuard(session, created.getRealm(), link.getIdentityProvider(), link.getUserId());
        if (!guard.tryAcquireUntilEnd(session)) {
            throw refused(session, "the external account is being linked by another request");
        }
        if (isLinkedToAnother(session, created.getRealm(), created.getUser(), link)) {
            throw refused(session, "the external account is linked to another user");
        }
    }

    /** Keycloak (26.7) answers this with an error page, which alone would commit. */
    static ModelDuplicateException refused(KeycloakSession session, String message) {
        session.getTransactionManager().setRollbackOnly();
        return new ModelDuplicateException(message);
    }

    /** Asks the stores themselves: Keycloak's cache would keep the new link, which may never be committed. */
    private static boolean isLinkedToAnother(
            KeycloakSession session, RealmModel realm, UserModel user, FederatedIdentityModel link) {
        try {
            UserModel local = session.getProvider(UserProvider.class).getUserByFederatedIdentity(realm, link);
            String federated =
                    session.getProvider(UserFederatedStorageProvider.class).getUserByFederatedIdentity(link, realm);
            return local != null && !local.getId().equals(user.getId())
                    || federated != null && !federated.equals(user.getId());
        } catch (IllegalStateException several) { // as Keycloak's stores (26.7) say it
            return true;
        }
    }
}
