package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.provider.Administrators;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/**
 * Accounts that an e-mail address alone never opens: whoever administers anything, by a role or by a permission, users of a federated storage, whose
 * directory is their authority, and clients' service accounts.
 */
public final class ProtectedAccounts {
    private ProtectedAccounts() {}

    public static boolean contain(KeycloakSession session, RealmModel realm, UserModel user) {
        return user.getFederationLink() != null
                || !StorageId.isLocalStorage(user.getId())
                || Administrators.contain(session, realm, user);
    }
}
