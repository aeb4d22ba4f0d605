package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.provider.ImportMark;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A user's links as imports see them: what was brought is noted on the user, so that what somebody has removed since is not brought again. */
final class BroughtLinks {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final UserModel user;
    private final ImportMark mark;
    private final List<Found> found;

    /** @param found why an account is not brought is added to it */
    BroughtLinks(KeycloakSession session, UserModel user, ImportMark mark, List<Found> found) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.user = user;
        this.mark = mark;
        this.found = found;
    }

    /** What was removed since it was brought stays so. */
    List<ImportedAccount> lacking(List<ImportedAccount> accounts) {
        List<ImportedAccount> lacking = new ArrayList<>();
        for (ImportedAccount account : accounts) {
            FederatedIdentityModel link = session.users().getFederatedIdentity(realm, user, account.alias());
            if (link != null && !link.getUserId().equals(account.userId())) {
                found.add(new Found("another_account_linked", account.alias()));
            } else if (link == null && (mark.hasBrought(account.external()) || mark.isFull())) {
                found.add(new Found("link_removed", account.alias()));
            } else if (link == null) {
                lacking.add(account);
            }
        }
        return lacking;
    }

    void add(List<ImportedAccount> accounts) {
        ImportMark grown = mark;
        for (ImportedAccount account : accounts) {
            grown = grown.with(account.external());
        }
        grown.write(user);
        accounts.forEach(account -> session.users()
                .addFederatedIdentity(
                        realm,
                        user,
                        new FederatedIdentityModel(account.alias(), account.userId(), account.userName())));
    }
}
