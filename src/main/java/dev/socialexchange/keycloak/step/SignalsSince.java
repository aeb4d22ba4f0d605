package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.ProvenAt;
import org.keycloak.events.Details;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What a provider has said by itself since somebody has proven an account there, while the login went on. */
final class SignalsSince {
    private final KeycloakSession session;

    SignalsSince(KeycloakSession session) {
        this.session = session;
    }

    /** Whether the login counts no more by now. */
    boolean undo(AuthenticationSessionModel authSession, UserSessionModel userSession) {
        String alias = userSession.getNote(Details.IDENTITY_PROVIDER);
        if (alias == null) {
            return false;
        }
        UserModel user = userSession.getUser();
        return LinkMark.precedes(user, alias, ProvenAt.carry(authSession, userSession, alias))
                || isSuspended(user, alias);
    }

    private boolean isSuspended(UserModel user, String alias) {
        FederatedIdentityModel link = LinkMark.isSuspended(user, alias)
                ? session.users().getFederatedIdentity(session.getContext().getRealm(), user, alias)
                : null;
        return link != null
                && LinkMark.of(user, new ExternalAccount(alias, link.getUserId()))
                        .isSuspended();
    }
}
