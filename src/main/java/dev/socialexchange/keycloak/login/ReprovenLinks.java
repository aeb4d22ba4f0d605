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
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderEvent;
import org.keycloak.provider.ProviderEventListener;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A suspended link that its person has removed and made again is in order: whoever makes one in a login has proven the account in another way, since no
 * address alone opens an account with a suspended link; and whoever makes one in a session has to have been signed in in another way since. A link that an administrator or an import writes proves nothing.
 */
public final class ReprovenLinks implements ProviderEventListener {

    @Override
    public void onEvent(ProviderEvent event) {
        if (event instanceof FederatedIdentityCreatedEvent created) {
            FederatedIdentityModel link = created.getFederatedIdentity();
            ExternalAccount account = new ExternalAccount(link.getIdentityProvider(), link.getUserId());
            if (LinkMark.of(created.getUser(), account).isSuspended()
                    && isProof(created, account)
                    && !made(created.getKeycloakSession(), created.getUser(), account)) {
                throw BrowserLinks.isOfFirstLogin(created)
                        ? BrowserLinks.refused(created.getKeycloakSession(), "something is being said of the user")
                        : ExchangeException.busy("link_contended");
            }
        }
    }

    /** A first login's flow has asked for a proof; Keycloak's own linking (26.7) goes on in the session of a login. */
    private static boolean isProof(FederatedIdentityCreatedEvent created, ExternalAccount account) {
        KeycloakSession session = created.getKeycloakSession();
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        if (login == null) {
            return false;
        }
        UserSessionModel before = BrowserLinks.isOfFirstLogin(login, account.alias())
                ? null
                : session.sessions()
                        .getUserSession(
                                created.getRealm(), login.getParentSession().getId());
        return before == null || SignedIn.by(session, before).reproves(created.getUser(), account);
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

    /**
     * All of the user's at this provider, removed or not: one that is gone is as suspended for whoever asks for the provider's alone.
     *
     * @param request gives its connection back
     */
    public static void resumeAll(KeycloakSession request, String userId, String alias) {
        MarkedUser.changing(request, userId, (session, user) -> {
            LinkMark.suspended(user)
                    .filter(mark -> mark.alias().equals(alias))
                    .toList()
                    .forEach(mark -> resume(session, user, mark));
            return null;
        });
    }

    private static void resume(KeycloakSession session, UserModel user, ExternalAccount account) {
        LinkMark mark = LinkMark.of(user, account);
        if (mark.isSuspended()) {
            resume(session, user, mark);
        }
    }

    private static void resume(KeycloakSession session, UserModel user, LinkMark mark) {
        mark.resumedAt(Math.max(ProvenAt.now(), mark.suspended() + 1)).write(StoredUser.of(session, user));
    }
}
