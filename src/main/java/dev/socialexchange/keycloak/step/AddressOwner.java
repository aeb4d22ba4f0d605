package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.provider.EmailAddress;
import dev.socialexchange.keycloak.provider.ProviderFacts;
import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** The account that an address which the provider vouches for opens; none where an address alone must not open one. */
final class AddressOwner {
    private AddressOwner() {}

    static Optional<UserModel> of(KeycloakSession session, BrokeredIdentityContext identity) {
        RealmModel realm = session.getContext().getRealm();
        if (realm.isDuplicateEmailsAllowed()) {
            return Optional.empty();
        }
        // Keycloak looks addresses up in lower case, which makes a k of the Kelvin sign
        return ProviderFacts.of(identity)
                .trustedEmail()
                .flatMap(address -> Optional.ofNullable(session.users().getUserByEmail(realm, address))
                        .filter(user -> EmailAddress.same(address, user.getEmail())))
                .filter(user -> !ProtectedAccounts.contain(session, realm, user));
    }
}
