package dev.socialexchange.keycloak.step;

import java.util.Set;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;
import org.keycloak.storage.StorageId;

/**
 * Accounts that an e-mail address alone never opens: whoever administers anything, by a role or by a permission, users of a federated storage, whose
 * directory is their authority, and clients' service accounts.
 */
public final class ProtectedAccounts {
    /** The client in the master realm by which a realm is administered is called after the realm. */
    static final String MASTER_CLIENT_SUFFIX = "-realm";

    private static final Set<String> MASTER_ROLES = Set.of(AdminRoles.ADMIN, AdminRoles.CREATE_REALM);

    private ProtectedAccounts() {}

    public static boolean contain(KeycloakSession session, RealmModel realm, UserModel user) {
        return user.getFederationLink() != null
                || !StorageId.isLocalStorage(user.getId())
                || administers(session, realm, user);
    }

    /** Whoever has power over others, and clients themselves; not people whose directory is elsewhere. */
    public static boolean administers(KeycloakSession session, RealmModel realm, UserModel user) {
        return user.getServiceAccountClientLink() != null
                || RoleUtils.getDeepUserRoleMappings(user).stream().anyMatch(role -> administers(realm, role))
                || new DelegatedPower(session, realm, user).isHeld();
    }

    /** @param role effective: granted directly, by a group, or inside another role */
    private static boolean administers(RealmModel realm, RoleModel role) {
        boolean master = realm.getName().equals(Config.getAdminRealm());
        if (role.getContainer() instanceof ClientModel client) {
            return client.getClientId().equals(Constants.REALM_MANAGEMENT_CLIENT_ID)
                    || master && client.getClientId().endsWith(MASTER_CLIENT_SUFFIX);
        }
        return master && MASTER_ROLES.contains(role.getName());
    }
}
