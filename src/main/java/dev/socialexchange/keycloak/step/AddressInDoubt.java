package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.ProvenAt;
import java.util.concurrent.TimeUnit;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Whether a user's e-mail address proves nothing for now: whoever has taken over their account at one provider may read their mail, and so have, or make, an
 * account with the same address at another.
 */
record AddressInDoubt(KeycloakSession session, RealmModel realm, UserModel user) {
    /** After a link has been removed on the provider's word, whose account may have been in other hands for a while. */
    private static final long SECONDS = TimeUnit.DAYS.toSeconds(1);

    /**
     * As long as any link is suspended; after it is gone, a day for other providers. That same provider may give the address to somebody else.
     *
     * @param alias of the provider by which somebody comes
     */
    boolean isFor(String alias) {
        return LinkMark.suspended(user)
                .anyMatch(mark -> mark.alias().equals(alias)
                        || mark.suspended() > ProvenAt.now() - SECONDS
                        || session.users().getFederatedIdentity(realm, user, mark.alias()) != null);
    }
}
