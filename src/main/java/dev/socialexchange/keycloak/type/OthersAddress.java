package dev.socialexchange.keycloak.type;

import java.util.function.BiConsumer;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * An address that somebody changed at the provider to one of another user here is left alone, in an exchange and in a browser
 * login. Keycloak (26.7) would write it wherever the sync mode says so, and answer with a server error.
 */
final class OthersAddress {

    private OthersAddress() {}

    static void leave(
            KeycloakSession session,
            UserModel user,
            BrokeredIdentityContext identity,
            BiConsumer<UserModel, BrokeredIdentityContext> keycloaks) {
        String email = identity.getEmail();
        if (email == null || email.equalsIgnoreCase(user.getEmail()) || !isTaken(session, user, email)) {
            keycloaks.accept(user, identity);
        }
    }

    private static boolean isTaken(KeycloakSession session, UserModel user, String email) {
        RealmModel realm = session.getContext().getRealm();
        return !realm.isDuplicateEmailsAllowed() && isAnother(session.users().getUserByEmail(realm, email), user)
                // who signs in with an address may mean a username
                || realm.isLoginWithEmailAllowed() && isAnother(session.users().getUserByUsername(realm, email), user);
    }

    private static boolean isAnother(UserModel owner, UserModel user) {
        return owner != null && !owner.getId().equals(user.getId());
    }
}
