package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.imports.ImportReport.Outcome;
import dev.socialexchange.keycloak.login.ImportedDeletions;
import dev.socialexchange.keycloak.provider.ImportMark;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import dev.socialexchange.keycloak.step.Takeover;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * What becomes of one person in a session that somebody else commits. A user is made who is nobody else's, or the one that an earlier run has made gets what
 * they lack; no other user is touched.
 */
final class PersonImport {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final ImportOrder order;
    private final Present present;
    private final Managed managed;
    private final List<Found> found = new ArrayList<>();

    /**
     * @param present of all who are brought together
     * @param managed who was brought before, and may be completed
     */
    PersonImport(KeycloakSession session, ImportOrder order, Present present, Managed managed) {
        this.managed = managed;
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.order = order;
        this.present = present;
    }

    List<Found> found() {
        return found;
    }

    Outcome of(ImportedPerson person) {
        if (person.left().isPresent()) {
            return refused(person.left().get());
        }
        String userId = order.userId(person.sourceId());
        UserModel known = present.mayHave(userId) ? session.users().getUserById(realm, userId) : null;
        if (known == null ? present.mayHave(userId) : !isOfThisSource(known)) {
            return refused("id_taken");
        }
        if (known == null && present.hadDeleted(userId) && !order.bringsDeleted()) {
            return refused("deleted_here");
        }
        List<ImportedAccount> usable = new UsableAccounts(session, present, found).of(person, userId);
        if (order.verifies()) {
            return verified(person, known, usable);
        }
        return known == null ? created(person, userId, usable) : completed(known, usable);
    }

    /** Whose id was kept may have anybody's; what an import has made says of which source it is. */
    private boolean isOfThisSource(UserModel user) {
        return ImportMark.of(user)
                .filter(mark -> mark.source().equals(order.source()))
                .isPresent();
    }

    /** How the realm and the source differ now; nothing is done. */
    private Outcome verified(ImportedPerson person, UserModel known, List<ImportedAccount> accounts) {
        if (known == null) {
            return refused("not_here");
        }
        if (person.disabled() && known.isEnabled()) {
            found.add(new Found("enabled_here", null));
        }
        links(known).lacking(accounts).forEach(account -> found.add(new Found("link_missing", account.alias())));
        return Outcome.UNCHANGED;
    }

    private Outcome created(ImportedPerson person, String userId, List<ImportedAccount> accounts) {
        if (accounts.isEmpty() && !person.accounts().isEmpty()) {
            return refused("no_identity_left");
        }
        if (accounts.isEmpty() && person.email().isEmpty() && person.username().isEmpty()) {
            return refused("nobody");
        }
        Optional<UserModel> user = new NewUser(session, order, found).of(person, userId);
        if (user.isEmpty()) {
            return Outcome.REFUSED;
        }
        links(user.get(), order.mark()).add(accounts);
        present.add(userId, person.externalAccounts());
        if (present.hadDeleted(userId)) {
            ImportedDeletions.undo(session, user.get());
        }
        return Outcome.CREATED;
    }

    /** Who has been imported before gets the accounts that they lack; all else is theirs by now. */
    private Outcome completed(UserModel user, List<ImportedAccount> accounts) {
        BroughtLinks links = links(user);
        List<ImportedAccount> lacking = links.lacking(accounts);
        if (lacking.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        if (!managed.is(session, user) || ProtectedAccounts.contain(session, realm, user)) {
            return refused("account_protected");
        }
        if (Takeover.has(user)) { // its ways in were taken away for good
            return refused("account_taken_over");
        }
        links.add(lacking);
        present.add(
                user.getId(), lacking.stream().map(ImportedAccount::external).toList());
        return Outcome.UPDATED;
    }

    private BroughtLinks links(UserModel user) {
        return links(user, ImportMark.of(user).orElseGet(order::mark));
    }

    private BroughtLinks links(UserModel user, ImportMark mark) {
        return new BroughtLinks(session, order, present, user, mark, found);
    }

    private Outcome refused(String code) {
        found.add(new Found(code, null));
        return Outcome.REFUSED;
    }
}
