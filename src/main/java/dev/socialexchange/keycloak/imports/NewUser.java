package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.Mirrors;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.credential.CredentialModel;
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
import org.keycloak.userprofile.ValidationException;

/** Makes the user for somebody whom the realm does not know: by the realm's user profile, with its default roles, groups and required actions. */
final class NewUser {
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
        PersonAttributes attributes = new PersonAttributes(person, realm, profiles.getConfiguration());
        Optional<String> own = attributes.ownName();
        UserProfile profile = profile(attributes.named(own.orElse(otherName)));
        List<ValidationException.Error> errors = errors(profile);
        boolean replaced = own.isEmpty();
        if (has(errors, Messages.EMAIL_EXISTS)
                || has(errors, Messages.USERNAME_EXISTS) && own.equals(person.email()) && isAddressTheName()) {
            found.add(new Found("email_exists", null));
            return Optional.empty();
        }
        if (own.isPresent() && has(errors, Messages.USERNAME_EXISTS)) {
            replaced = true;
            profile = profile(attributes.named(otherName));
            errors = errors(profile);
        }
        attributes.unknown().forEach(name -> found.add(new Found("attribute_unknown", name)));
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
        Optional<CredentialModel> password =
                person.password().flatMap(stored -> new BroughtPassword(session, stored).keptFor(user));
        if (person.password().isPresent() && password.isEmpty()) {
            found.add(new Found("password_left", null));
        }
        BroughtState.write(user, password);
        if (person.privileged()) {
            found.add(new Found("privileged_there", null));
        }
        found.addAll(new FirstLoginQuestions(profiles).of(user));
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
}
