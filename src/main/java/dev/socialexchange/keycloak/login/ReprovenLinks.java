package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * A suspended link that somebody has removed and made again is in order: whoever makes one has proven the account in another way, since no
 * address alone opens an account with a suspended link.
 */
public final class ReprovenLinks implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityCreatedEvent created) {
            FederatedIdentityModel link = created.getFederatedIdentity();
            resume(created.getUser(), new ExternalAccount(link.getIdentityProvider(), link.getUserId()));
        }
    }

    /** From now on; what is told later of what happened before changes nothing. */
    public static void resume(UserModel user, ExternalAccount account) {
        LinkMark mark = LinkMark.of(user, account);
        if (mark.isSuspended()) {
            long now = TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis());
            mark.resumedAt(Math.max(now, mark.suspended() + 1)).write(user);
        }
    }
}
