package dev.socialexchange.keycloak.imports;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Whom the administrator who asks may manage: a permission for all users may leave some of them out. */
@FunctionalInterface
interface Managed {

    /** @param session that the user is of, and that is asked of the realm's permissions */
    boolean is(KeycloakSession session, UserModel user);
}
