package dev.socialexchange.keycloak.revocation;

import dev.socialexchange.keycloak.provider.StoredTokens;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The tokens of a link that is being removed. Plain data, fit for any session. */
record LeftToken(String realmId, String userId, String alias, String accountId, StoredTokens tokens) {

    static LeftToken of(RealmModel realm, UserModel user, FederatedIdentityModel link) {
        return new LeftToken(
                realm.getId(),
                user.getId(),
                link.getIdentityProvider(),
                link.getUserId(),
                new StoredTokens(link.getToken()));
    }

    boolean isOf(UserModel user, String otherAlias) {
        return userId.equals(user.getId()) && alias.equals(otherAlias);
    }

    /** A record would print the ids. */
    @Override
    public String toString() {
        return alias;
    }
}
