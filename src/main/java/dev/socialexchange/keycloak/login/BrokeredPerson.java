package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.provider.EmailAddress;
import dev.socialexchange.keycloak.provider.StoredTokens;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;

/**
 * Somebody whom a provider vouches for.
 *
 * @param alias the identity provider
 * @param identity makes the brokered identity anew for each session: models must not cross sessions
 * @param emailVouched whether the provider vouches for an identity's e-mail address
 * @param storedTokens the provider's, where the realm stores them
 */
public record BrokeredPerson(
        String alias,
        Function<KeycloakSession, BrokeredIdentityContext> identity,
        Predicate<BrokeredIdentityContext> emailVouched,
        Optional<StoredTokens> storedTokens) {

    /** Whether an address is the one that the provider vouches for. */
    Predicate<String> vouchedAddress(BrokeredIdentityContext identity) {
        return address -> emailVouched.test(identity) && EmailAddress.same(identity.getEmail(), address);
    }

    /** In events and logs. */
    @Override
    public String toString() {
        return alias;
    }
}
