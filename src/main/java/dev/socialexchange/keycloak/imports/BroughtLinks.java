package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.login.HomeBroker;
import dev.socialexchange.keycloak.provider.ImportMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** A user's links as imports see them: what was brought is noted on the user, so that what somebody has removed since is not brought again. */
final class BroughtLinks {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final ImportOrder order;
    private final Present present;
    private final UserModel user;
    private final ImportMark mark;
    private final List<Found> found;

    /** @param found why an account is not brought is added to it */
    BroughtLinks(
            KeycloakSession session,
            ImportOrder order,
            Present present,
            UserModel user,
            ImportMark mark,
            List<Found> found) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.order = order;
        this.present = present;
        this.user = user;
        this.mark = mark;
        this.found = found;
    }

    /** What was removed since it was brought stays so, and who has become an organization's gets no way in beside its own. */
    List<ImportedAccount> lacking(List<ImportedAccount> accounts) {
        List<ImportedAccount> lacking = new ArrayList<>();
        for (ImportedAccount account : accounts) {
            Optional<String> linked = present.linked(session, user, account.alias());
            if (linked.isPresent() && !linked.get().equals(account.userId())) {
                found.add(new Found("another_account_linked", account.alias()));
            } else if (linked.isEmpty() && (mark.hasBrought(account.external()) || mark.isFull())) {
                found.add(new Found("link_removed", account.alias()));
            } else if (linked.isEmpty() && HomeBroker.forbids(session, user, account.alias())) {
                found.add(new Found(HomeBroker.DETAIL, account.alias()));
            } else if (linked.isEmpty()) {
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
        if (order.dryRun()) { // stores tell other extensions of each link at once, and nobody takes that back
            accounts.forEach(account -> present.plan(user.getId(), account.external()));
            return;
        }
        accounts.forEach(account -> session.users()
                .addFederatedIdentity(
                        realm,
                        user,
                        new FederatedIdentityModel(account.alias(), account.userId(), account.userName())));
    }
}
