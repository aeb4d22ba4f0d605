package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.imports.ImportReport.Outcome;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.ImportMark;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import dev.socialexchange.keycloak.step.Takeover;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStorageUtil;

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

    /** @param about a provider or an attribute; {@code null} for the person as a whole */
    record Found(String code, String about) {}

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
        List<ImportedPerson.Account> usable = usable(person, userId);
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

    /** Those that this user may be linked to; of the others it is told why not. */
    private List<ImportedPerson.Account> usable(ImportedPerson person, String userId) {
        List<ImportedPerson.Account> usable = new ArrayList<>();
        Set<String> aliases = new HashSet<>();
        if (person.lost() > 0) {
            found.add(new Found("identity_lost", null));
        }
        for (ImportedPerson.Account account : person.accounts()) {
            Optional<String> hindrance = hindrance(account, userId, aliases);
            hindrance.ifPresent(code -> found.add(new Found(code, account.alias())));
            if (hindrance.isEmpty()) {
                usable.add(account);
            }
        }
        return usable;
    }

    private Optional<String> hindrance(ImportedPerson.Account account, String userId, Set<String> aliases) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(account.alias());
        if (provider == null) {
            return Optional.of("alias_unknown");
        }
        if (!IdShapes.fits(provider.getProviderId(), account.userId())) {
            return Optional.of("id_shape");
        }
        if (!aliases.add(account.alias())) {
            return Optional.of("second_of_alias");
        }
        return present.mayHave(account.external()) && isAnothers(account.external(), userId)
                ? Optional.of("identity_taken")
                : Optional.empty();
    }

    private boolean isAnothers(ExternalAccount account, String userId) {
        Optional<String> planned = present.plannedOwner(account);
        if (planned.isPresent()) {
            return !planned.get().equals(userId);
        }
        try {
            UserModel owner = account.linkedUser(session);
            return owner != null && !owner.getId().equals(userId);
        } catch (ExchangeException several) {
            return true;
        }
    }

    /** How the realm and the source differ now; nothing is done. */
    private Outcome verified(ImportedPerson person, UserModel known, List<ImportedPerson.Account> accounts) {
        if (known == null) {
            return refused("not_here");
        }
        if (person.disabled() && known.isEnabled()) {
            found.add(new Found("enabled_here", null));
        }
        lacking(known, accounts, ImportMark.of(known).orElseGet(order::mark))
                .forEach(account -> found.add(new Found("link_missing", account.alias())));
        return Outcome.UNCHANGED;
    }

    private Outcome created(ImportedPerson person, String userId, List<ImportedPerson.Account> accounts) {
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
        link(user.get(), accounts, order.mark());
        present.add(userId, person.externalAccounts());
        if (present.hadDeleted(userId)) {
            UserStorageUtil.userFederatedStorage(session).removeAttribute(realm, userId, ImportMark.DELETED);
        }
        return Outcome.CREATED;
    }

    /** Who has been imported before gets the accounts that they lack; all else is theirs by now. */
    private Outcome completed(UserModel user, List<ImportedPerson.Account> accounts) {
        ImportMark mark = ImportMark.of(user).orElseGet(order::mark);
        List<ImportedPerson.Account> lacking = lacking(user, accounts, mark);
        if (lacking.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        if (!managed.is(session, user) || ProtectedAccounts.contain(session, realm, user)) {
            return refused("account_protected");
        }
        if (Takeover.has(user)) { // its ways in were taken away for good
            return refused("account_taken_over");
        }
        link(user, lacking, mark);
        present.add(
                user.getId(),
                lacking.stream().map(ImportedPerson.Account::external).toList());
        return Outcome.UPDATED;
    }

    /** What was removed since it was brought stays so. */
    private List<ImportedPerson.Account> lacking(
            UserModel user, List<ImportedPerson.Account> accounts, ImportMark mark) {
        List<ImportedPerson.Account> lacking = new ArrayList<>();
        for (ImportedPerson.Account account : accounts) {
            Optional<String> linked = present.linked(session, user, account.alias());
            if (linked.isPresent() && !linked.get().equals(account.userId())) {
                found.add(new Found("another_account_linked", account.alias()));
            } else if (linked.isEmpty() && (mark.hasBrought(account.external()) || mark.isFull())) {
                found.add(new Found("link_removed", account.alias()));
            } else if (linked.isEmpty()) {
                lacking.add(account);
            }
        }
        return lacking;
    }

    private void link(UserModel user, List<ImportedPerson.Account> accounts, ImportMark mark) {
        ImportMark grown = mark;
        for (ImportedPerson.Account account : accounts) {
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

    private Outcome refused(String code) {
        found.add(new Found(code, null));
        return Outcome.REFUSED;
    }
}
