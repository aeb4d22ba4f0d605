package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.imports.PersonImport.Found;
import dev.socialexchange.keycloak.provider.EmailAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.keycloak.credential.CredentialModel;
import org.keycloak.credential.hash.PasswordHashProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.cache.UserCache;
import org.keycloak.services.messages.Messages;
import org.keycloak.storage.UserStorageUtil;
import org.keycloak.userprofile.Attributes;
import org.keycloak.userprofile.UserProfile;
import org.keycloak.userprofile.UserProfileContext;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.UserProfileUtil;
import org.keycloak.userprofile.ValidationException;

/** Makes the user for somebody whom the realm does not know: by the realm's user profile, with its default roles, groups and required actions. */
final class NewUser {
    private static final Set<String> LOOKED_FOR = Set.of(UserModel.USERNAME, UserModel.EMAIL);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ImportOrder order;
    private final List<Found> found;
    private final UserProfileProvider profiles;

    /** @param found what somebody should know is added to it */
    NewUser(KeycloakSession session, ImportOrder order, List<Found> found) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.order = order;
        this.found = found;
        this.profiles = session.getProvider(UserProfileProvider.class);
    }

    /** @return empty if nobody is made, for what was found */
    Optional<UserModel> of(ImportedPerson person, String userId) {
        return profile(person, order.source() + '-' + userId).map(valid -> made(person, userId, valid));
    }

    /** By their own name if it is free, which the profile itself looks for. */
    private Optional<UserProfile> profile(ImportedPerson person, String otherName) {
        Optional<String> own = ownName(person);
        UserProfile profile = profile(attributes(person, own.orElse(otherName)));
        List<ValidationException.Error> errors = errors(profile);
        boolean replaced = own.isEmpty();
        if (has(errors, Messages.EMAIL_EXISTS)
                || has(errors, Messages.USERNAME_EXISTS) && own.equals(person.email()) && isAddressTheName()) {
            found.add(new Found("email_exists", null));
            return Optional.empty();
        }
        if (own.isPresent() && has(errors, Messages.USERNAME_EXISTS)) {
            replaced = true;
            profile = profile(attributes(person, otherName));
            errors = errors(profile);
        }
        person.attributes().keySet().stream()
                .filter(name -> !isOfProfile(name))
                .forEach(name -> found.add(new Found("attribute_unknown", name)));
        if (replaced && person.username().isPresent()) {
            found.add(new Found("username_replaced", null));
        }
        errors.forEach(error -> found.add(new Found("profile_invalid", error.getAttribute())));
        return errors.isEmpty() ? Optional.of(profile) : Optional.empty();
    }

    private UserProfile profile(Map<String, List<String>> attributes) {
        return profiles.create(UserProfileContext.USER_API, attributes);
    }

    private static List<ValidationException.Error> errors(UserProfile profile) {
        try {
            profile.validate();
            return List.of();
        } catch (ValidationException invalid) {
            return invalid.getErrors();
        }
    }

    private static boolean has(List<ValidationException.Error> errors, String message) {
        return errors.stream().anyMatch(error -> error.getMessage().equals(message));
    }

    private boolean isAddressTheName() {
        return realm.isRegistrationEmailAsUsername();
    }

    /** An address is taken by its owner alone, and only as it is. */
    private Optional<String> ownName(ImportedPerson person) {
        if (isAddressTheName() && person.email().isPresent()) {
            return person.email();
        }
        return person.username()
                .filter(name -> !name.contains("@")
                        || person.email()
                                .filter(email -> EmailAddress.same(name, email))
                                .isPresent())
                .or(person::email);
    }

    /** Of its own ones those that the realm's profile names: what else there is says what it likes, and would be hidden from everybody. */
    private Map<String, List<String>> attributes(ImportedPerson person, String username) {
        Map<String, List<String>> attributes = new HashMap<>(person.attributes());
        attributes.keySet().removeIf(name -> !isOfProfile(name));
        attributes.put(UserModel.USERNAME, List.of(username));
        person.email().ifPresent(email -> attributes.put(UserModel.EMAIL, List.of(email)));
        person.firstName().ifPresent(name -> attributes.put(UserModel.FIRST_NAME, List.of(name)));
        person.lastName().ifPresent(name -> attributes.put(UserModel.LAST_NAME, List.of(name)));
        person.locale().ifPresent(locale -> attributes.put(UserModel.LOCALE, List.of(locale)));
        return attributes;
    }

    private boolean isOfProfile(String name) {
        return !UserProfileUtil.isRootAttribute(name)
                && profiles.getConfiguration().getAttribute(name) != null;
    }

    private UserModel made(ImportedPerson person, String userId, UserProfile profile) {
        Attributes attributes = profile.getAttributes();
        // the store itself: what is new stands in no cache yet, and would be looked for there again and again
        UserModel user = session.getProvider(UserProvider.class)
                .addUser(realm, userId, attributes.getFirst(UserModel.USERNAME), true, true);
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) { // nor must it ever, should the transaction be rolled back
            cache.evict(realm, user);
        }
        write(attributes, user);
        user.setEnabled(!person.disabled());
        user.setEmailVerified(person.email().isPresent() && person.emailVerified() && order.trustsVerified());
        person.createdAt().ifPresent(moment -> user.setCreatedTimestamp(moment.toEpochMilli()));
        Optional<CredentialModel> password = person.password().flatMap(stored -> keepPassword(user, stored));
        BroughtState.write(user, password);
        tell(person, user);
        return user;
    }

    /** What was validated, and not once more: Keycloak's own update would ask the database for each person's name and address again. */
    @Mirrors(type = "org.keycloak.userprofile.DefaultUserProfile", methods = "updateInternal")
    private static void write(Attributes attributes, UserModel user) {
        attributes.getWritable().forEach((name, values) -> {
            List<String> some =
                    values.stream().filter(Predicate.not(String::isBlank)).toList();
            if (!some.isEmpty() && !name.equals(UserModel.USERNAME)) {
                user.setAttribute(name, some);
            }
        });
    }

    /** If this server can verify it: Keycloak (26.7) takes any, and then lets nobody in by it without a word. */
    private Optional<CredentialModel> keepPassword(UserModel user, String stored) {
        Optional<CredentialModel> kept = PasswordHash.of(stored)
                .filter(this::isVerifiable)
                .map(hash -> user.credentialManager().createStoredCredential(hash.credential()));
        if (kept.isEmpty()) {
            found.add(new Found("password_left", null));
        }
        return kept;
    }

    private boolean isVerifiable(PasswordHash hash) {
        PasswordHashProvider verifier = session.getProvider(PasswordHashProvider.class, hash.algorithm());
        return verifier != null && (!(verifier instanceof ForeignHash foreign) || foreign.knows(hash));
    }

    /** What the realm will ask for at their first login. A name and an address that are there have been validated, and are nobody else's. */
    @SuppressWarnings("unchecked") // an array of listeners
    private void tell(ImportedPerson person, UserModel user) {
        if (person.privileged()) {
            found.add(new Found("privileged_there", null));
        }
        Attributes theirs =
                profiles.create(UserProfileContext.UPDATE_PROFILE, user).getAttributes();
        theirs.nameSet().stream()
                .filter(name -> !LOOKED_FOR.contains(name) || theirs.getFirst(name) == null)
                .sorted()
                .forEach(name ->
                        theirs.validate(name, error -> found.add(new Found("will_be_asked", error.getInputHint()))));
    }
}
