package dev.socialexchange.keycloak.provider;

import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** Where attributes of our own are written: a directory that lets nothing be written has no say about them. */
public final class StoredUser {

    private StoredUser() {}

    /**
     * @param user read past the cache, which else does not hear of what is written
     * @return the realm's own copy of somebody who is imported from a directory; {@code user} where there is none
     */
    public static UserModel of(KeycloakSession session, UserModel user) {
        if (user.getFederationLink() == null) {
            return user;
        }
        RealmModel realm = session.getContext().getRealm();
        UserModel copy = session.getProvider(UserProvider.class).getUserById(realm, user.getId());
        return copy == null ? user : copy;
    }
}
