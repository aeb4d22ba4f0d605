package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.OwnTransaction;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Gives a link the id that its account has now, on an administrator's word, as a login of that account would. */
public final class LinkMove {
    private final KeycloakSession outer;

    public LinkMove(KeycloakSession session) {
        this.outer = session;
    }

    /**
     * @param account by the id that the link has
     * @param id that it is to have
     * @return false if nobody's link has the former one any more
     * @throws ExchangeException if the id is another user's, or cannot be one
     */
    public boolean move(ExternalAccount account, String id) {
        LinkGuard guard = new LinkGuard(outer, outer.getContext().getRealm(), account.alias(), id);
        return guard.holding(() -> new OwnTransaction(outer).run(session -> {
            guard.holdUntilCommit(session);
            return moved(session, account, new ExternalAccount(account.alias(), id));
        }));
    }

    private static boolean moved(KeycloakSession session, ExternalAccount before, ExternalAccount after) {
        RealmModel realm = session.getContext().getRealm();
        UserModel user = before.linkedUser(session);
        if (after.isLinked(session)) {
            throw ExchangeException.refuse(ExchangeError.LINKED_TO_ANOTHER_USER);
        }
        FederatedIdentityModel link =
                user == null ? null : session.users().getFederatedIdentity(realm, user, before.alias());
        if (link == null || !link.getUserId().equals(before.id())) {
            return false;
        }
        session.users().removeFederatedIdentity(realm, user, before.alias());
        session.users().addFederatedIdentity(realm, user, new FederatedIdentityModel(link, after.id()));
        return true;
    }
}
