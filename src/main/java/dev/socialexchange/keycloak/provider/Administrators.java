package dev.socialexchange.keycloak.provider;

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

/** Whoever has power over others, by a role or by a permission, and clients themselves. */
public final class Administrators {
    /** The client in the master realm by which a realm is administered is called after the realm. */
    static final String MASTER_CLIENT_SUFFIX = "-realm";

    private static final Set<String> MASTER_ROLES = Set.of(AdminRoles.ADMIN, AdminRoles.CREATE_REALM);

    private Administrators() {}

    public static boolean contain(KeycloakSession session, RealmModel realm, UserModel user) {
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
