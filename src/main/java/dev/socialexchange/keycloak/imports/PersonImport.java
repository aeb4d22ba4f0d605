package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.imports.ImportReport.Outcome;
import dev.socialexchange.keycloak.provider.EmailAddress;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import dev.socialexchange.keycloak.step.Takeover;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.ValidationException;

/**
 * What becomes of one person in a session that somebody else commits. A user is made who is nobody else's, or the one that an earlier run has made gets what
 * they lack; no other user is touched.
 */
final class PersonImport {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final String source;
    private final boolean trustsVerified;
    private final List<Found> found = new ArrayList<>();

    /** @param about a provider or an attribute; {@code null} for the person as a whole */
    record Found(String code, String about) {}

    /** @param trustsVerified whether the source's word that an address is verified counts */
    PersonImport(KeycloakSession session, String source, boolean trustsVerified) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.source = source;
        this.trustsVerified = trustsVerified;
    }

    List<Found> found() {
        return found;
    }

    Outcome of(ImportedPerson person) {
        if (person.left().isPresent()) {
            return refused(person.left().get());
        }
        String userId = SourceKey.userId(realm.getId(), source, person.sourceId());
        UserModel known = session.users().getUserById(realm, userId);
        List<ImportedPerson.Account> usable = usable(person, userId);
        return known == null ? created(person, userId, usable) : completed(known, usable);
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
        try {
            UserModel owner = new ExternalAccount(account.alias(), account.userId()).linkedUser(session);
            return owner == null || owner.getId().equals(userId) ? Optional.empty() : Optional.of("identity_taken");
        } catch (ExchangeException several) {
            return Optional.of("identity_taken");
        }
    }

    private Outcome created(ImportedPerson person, String userId, List<ImportedPerson.Account> accounts) {
        if (accounts.isEmpty() && !person.accounts().isEmpty()) {
            return refused("no_identity_left");
        }
        if (accounts.isEmpty() && person.email().isEmpty() && person.username().isEmpty()) {
            return refused("nobody");
        }
        if (person.email().isPresent()
                && !realm.isDuplicateEmailsAllowed()
                && session.users().getUserByEmail(realm, person.email().get()) != null) {
            return refused("email_exists");
        }
        String username = username(person);
        Map<String, List<String>> attributes = attributes(person, username);
        UserProfileProvider profiles = session.getProvider(UserProfileProvider.class);
        try {
            profiles.create(UserProfileContext.USER_API, attributes).validate();
        } catch (ValidationException invalid) {
            invalid.getErrors().forEach(error -> found.add(new Found("profile_invalid", error.getAttribute())));
            return Outcome.REFUSED;
        }
        UserModel user = session.users().addUser(realm, userId, username, true, true);
        profiles.create(UserProfileContext.USER_API, attributes, user).update(false);
        user.setEnabled(!person.disabled());
        user.setEmailVerified(person.email().isPresent() && person.emailVerified() && trustsVerified);
        person.createdAt().ifPresent(moment -> user.setCreatedTimestamp(moment.toEpochMilli()));
        accounts.forEach(account -> link(user, account));
        person.password().ifPresent(stored -> keepPassword(user, stored));
        tell(person, user, profiles);
        return Outcome.CREATED;
    }

    /** Its own if it is free; an address is taken by its owner alone, and only as it is. */
    private String username(ImportedPerson person) {
        if (realm.isRegistrationEmailAsUsername() && person.email().isPresent()) {
            return person.email().get();
        }
        Optional<String> own = person.username()
                .filter(name -> !name.contains("@")
                        || person.email()
                                .filter(email -> EmailAddress.same(name, email))
                                .isPresent())
                .or(person::email)
                .filter(name -> session.users().getUserByUsername(realm, name) == null);
        if (own.isEmpty() && person.username().isPresent()) {
            found.add(new Found("username_replaced", null));
        }
        return own.orElseGet(() -> source + '-' + SourceKey.userId(realm.getId(), source, person.sourceId()));
    }

    private static Map<String, List<String>> attributes(ImportedPerson person, String username) {
        Map<String, List<String>> attributes = new HashMap<>();
        attributes.put(UserModel.USERNAME, List.of(username));
        person.email().ifPresent(email -> attributes.put(UserModel.EMAIL, List.of(email)));
        person.firstName().ifPresent(name -> attributes.put(UserModel.FIRST_NAME, List.of(name)));
        person.lastName().ifPresent(name -> attributes.put(UserModel.LAST_NAME, List.of(name)));
        person.locale().ifPresent(locale -> attributes.put(UserModel.LOCALE, List.of(locale)));
        return attributes;
    }

    /** If this server can verify it: Keycloak (26.7) takes any, and then lets nobody in by it without a word. */
    private void keepPassword(UserModel user, String stored) {
        PasswordHash.of(stored)
                .filter(hash -> session.getProvider(PasswordHashProvider.class, hash.algorithm()) != null)
                .ifPresentOrElse(
                        hash -> user.credentialManager().createStoredCredential(hash.credential()),
                        () -> found.add(new Found("password_left", null)));
    }

    private void tell(ImportedPerson person, UserModel user, UserProfileProvider profiles) {
        if (person.privileged()) {
            found.add(new Found("privileged_there", null));
        }
        try {
            profiles.create(UserProfileContext.UPDATE_PROFILE, user).validate();
        } catch (ValidationException incomplete) {
            incomplete.getErrors().forEach(error -> found.add(new Found("will_be_asked", error.getAttribute())));
        }
    }

    /** Who has been imported before gets the accounts that they lack; all else is theirs by now. */
    private Outcome completed(UserModel user, List<ImportedPerson.Account> accounts) {
        List<ImportedPerson.Account> lacking = new ArrayList<>();
        for (ImportedPerson.Account account : accounts) {
            FederatedIdentityModel link = session.users().getFederatedIdentity(realm, user, account.alias());
            if (link == null) {
                lacking.add(account);
            } else if (!link.getUserId().equals(account.userId())) {
                found.add(new Found("another_account_linked", account.alias()));
            }
        }
        if (lacking.isEmpty()) {
            return Outcome.UNCHANGED;
        }
        if (ProtectedAccounts.contain(session, realm, user)) {
            return refused("account_protected");
        }
        if (Takeover.has(user)) { // its ways in were taken away for good
            return refused("account_taken_over");
        }
        lacking.forEach(account -> link(user, account));
        return Outcome.UPDATED;
    }

    private void link(UserModel user, ImportedPerson.Account account) {
        session.users()
                .addFederatedIdentity(
                        realm, user, new FederatedIdentityModel(account.alias(), account.userId(), account.userName()));
    }

    private Outcome refused(String code) {
        found.add(new Found(code, null));
        return Outcome.REFUSED;
    }
}
