package dev.socialexchange.keycloak.login;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.UserStorageProvider;
import org.keycloak.storage.UserStorageProviderModel;
import org.keycloak.storage.user.UserRegistrationProvider;

/** User storage outside the database, in which a new user would be written at once: Keycloak's LDAP does (26.7). */
final class RegisteringStorage {
    private static final String LDAP = "ldap";
    private static final String LDAP_REGISTERS = "syncRegistrations";

    private RegisteringStorage() {}

    static boolean isThere(KeycloakSession session) {
        RealmModel realm = session.getContext().getRealm();
        return realm.getComponentsStream(realm.getId(), UserStorageProvider.class.getName())
                .map(UserStorageProviderModel::new)
                .filter(UserStorageProviderModel::isEnabled)
                .filter(storage -> !storage.getProviderId().equals(LDAP) || storage.get(LDAP_REGISTERS, false))
                .anyMatch(storage -> session.getComponentProvider(UserStorageProvider.class, storage.getId())
                        instanceof UserRegistrationProvider);
    }
}
