package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.Digests;
import java.util.List;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/**
 * An account that was somebody's and has opened sessions of theirs, which go on without the link: whoever is in one may be the one that the link was removed because of. Kept with
 * the user, as a hash of the provider's alias and the account's id there.
 */
public final class FormerLink {
    /** Users are found by it. {@code GuardedUserProfile} keeps it from whoever edits a profile. */
    public static final String ATTRIBUTE = "social-exchange.former-links";

    /** Of one user: the oldest go. */
    static final int MOST = 16;

    private FormerLink() {}

    /** @param user to whom the account is linked no more */
    public static void note(UserModel user, ExternalAccount account) {
        String hash = hash(account);
        List<String> others = user.getAttributeStream(ATTRIBUTE)
                .filter(other -> !other.equals(hash))
                .toList();
        List<String> kept = others.subList(Math.max(0, others.size() - MOST + 1), others.size());
        user.setAttribute(
                ATTRIBUTE, Stream.concat(kept.stream(), Stream.of(hash)).toList());
    }

    /** Whose it was: of the realm's own users, since directories would be asked about strangers. */
    public static Stream<UserModel> users(KeycloakSession session, ExternalAccount account) {
        RealmModel realm = session.getContext().getRealm();
        return session.getProvider(UserProvider.class)
                .searchForUserByUserAttributeStream(realm, ATTRIBUTE, hash(account));
    }

    private static String hash(ExternalAccount account) {
        return Digests.sha256Base64Url(account.alias() + '\n' + account.id());
    }
}
