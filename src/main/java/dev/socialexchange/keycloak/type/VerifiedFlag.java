package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.UserModel;
import org.keycloak.util.Booleans;

/**
 * Sets a user's {@code emailVerified} after an exchange: the realm trusts the provider's e-mail <em>and</em> the provider
 * vouches for this address. Called before the address itself is set; browser logins keep Keycloak's rule.
 */
final class VerifiedFlag {

    private VerifiedFlag() {}

    static void set(
            UserModel user, BrokeredIdentityContext context, BiConsumer<UserModel, BrokeredIdentityContext> keycloaks) {
        Optional<Boolean> vouch = BrokeredIdentities.vouch(context);
        if (vouch.isEmpty()) {
            keycloaks.accept(user, context);
            return;
        }
        boolean verified = Booleans.isTrue(context.getIdpConfig().isTrustEmail()) && vouch.get();
        boolean isNew = Boolean.parseBoolean(
                context.getAuthenticationSession().getAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER));
        boolean sameAddress = context.getEmail() != null && context.getEmail().equalsIgnoreCase(user.getEmail());
        if (verified || isNew || !sameAddress) { // an address that was verified by other means stays so
            user.setEmailVerified(verified);
        }
    }
}
