package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.FormerLink;
import dev.socialexchange.keycloak.provider.StoredUser;
import org.jboss.logging.Logger;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.storage.ReadOnlyException;

/**
 * Remembers whose an account was while sessions go on that it has opened: Keycloak (26.7) finds sessions by the user alone, and the user by the link, which
 * is gone when the provider says something of the account.
 */
public final class FormerLinks implements ProviderEventListener {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityRemovedEvent removed
                && new LinkSessions(removed.getKeycloakSession(), removed.getUser())
                        .exist(removed.getFederatedIdentity().getIdentityProvider())) {
            note(removed);
        }
    }

    private static void note(FederatedIdentityRemovedEvent removed) {
        FederatedIdentityModel link = removed.getFederatedIdentity();
        try {
            FormerLink.note(
                    StoredUser.of(removed.getKeycloakSession(), removed.getUser()),
                    new ExternalAccount(link.getIdentityProvider(), link.getUserId()));
        } catch (ReadOnlyException notOurs) {
            LOG.debugf(
                    "nothing is kept of a removed link: provider=%s reason=user_storage_read_only",
                    link.getIdentityProvider());
        }
    }
}
