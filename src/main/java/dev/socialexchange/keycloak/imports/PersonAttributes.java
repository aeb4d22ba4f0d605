package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.provider.EmailAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.userprofile.UserProfileUtil;

/** What the realm's user profile is asked to take of somebody. */
final class PersonAttributes {
    private final ImportedPerson person;
    private final RealmModel realm;
    private final UPConfig profile;

    PersonAttributes(ImportedPerson person, RealmModel realm, UPConfig profile) {
        this.person = person;
        this.realm = realm;
        this.profile = profile;
    }

    /** An address is taken by its owner alone, and only as it is. */
    Optional<String> ownName() {
        if (realm.isRegistrationEmailAsUsername() && person.email().isPresent()) {
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
    Map<String, List<String>> named(String username) {
        Map<String, List<String>> attributes = new HashMap<>(person.attributes());
        attributes.keySet().removeIf(Predicate.not(this::isOfProfile));
        attributes.put(UserModel.USERNAME, List.of(username));
        person.email().ifPresent(email -> attributes.put(UserModel.EMAIL, List.of(email)));
        person.firstName().ifPresent(name -> attributes.put(UserModel.FIRST_NAME, List.of(name)));
        person.lastName().ifPresent(name -> attributes.put(UserModel.LAST_NAME, List.of(name)));
        person.locale().ifPresent(locale -> attributes.put(UserModel.LOCALE, List.of(locale)));
        return attributes;
    }

    /** Names of attributes that the realm does not know. */
    List<String> unknown() {
        return person.attributes().keySet().stream()
                .filter(Predicate.not(this::isOfProfile))
                .toList();
    }

    private boolean isOfProfile(String name) {
        return !UserProfileUtil.isRootAttribute(name) && profile.getAttribute(name) != null;
    }
}
