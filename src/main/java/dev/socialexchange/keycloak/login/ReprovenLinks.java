package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.ProvenAt;
import dev.socialexchange.keycloak.provider.StoredUser;
import java.util.Optional;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityCreatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;

/**
 * A suspended link that its person has removed and made again is in order: whoever makes one in a login has proven the account in another way, since no
 * address alone opens an account with a suspended link. A link that an administrator or an import writes proves nothing.
 */
public final class ReprovenLinks implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityCreatedEvent created
                && created.getKeycloakSession().getContext().getAuthenticationSession() != null) {
            FederatedIdentityModel link = created.getFederatedIdentity();
            boolean made = made(
                    created.getKeycloakSession(),
                    created.getUser(),
                    new ExternalAccount(link.getIdentityProvider(), link.getUserId()));
            if (!made) {
                throw BrowserLinks.isOfFirstLogin(created)
                        ? BrowserLinks.refused(created.getKeycloakSession(), "something is being said of the user")
                        : ExchangeException.busy("link_contended");
            }
        }
    }

    /**
     * In this session's transaction.
     *
     * @return false if the provider says something just now: the link stays as it is
     */
    static boolean made(KeycloakSession session, UserModel user, ExternalAccount account) {
        if (!LinkMark.of(user, account).isSuspended()) {
            return true;
        }
        Optional<UserModel> held = MarkedUser.held(session, user.getId());
        held.ifPresent(stored -> resume(session, stored, account));
        return held.isPresent();
    }

    /**
     * From now on; what is told later of what happened before changes nothing.
     *
     * @param request gives its connection back
     */
    public static void resume(KeycloakSession request, String userId, ExternalAccount account) {
        MarkedUser.changing(request, userId, (session, user) -> {
            resume(session, user, account);
            return null;
        });
    }

    private static void resume(KeycloakSession session, UserModel user, ExternalAccount account) {
        LinkMark mark = LinkMark.of(user, account);
        if (mark.isSuspended()) {
            mark.resumedAt(Math.max(ProvenAt.now(), mark.suspended() + 1)).write(StoredUser.of(session, user));
        }
    }
}
