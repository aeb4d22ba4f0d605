package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.models.KeycloakSession;

/** What of Apple no descriptor can say. */
abstract class AppleFactory extends DescribedIdentityProviderFactory {

    @Override
    DescribedIdentityProvider create(
            KeycloakSession session, OAuth2IdentityProviderConfig config, Descriptor descriptor) {
        return new AppleIdentityProvider(session, config, descriptor);
    }

    @Override
    public OAuth2IdentityProviderConfig createConfig() {
        return new AppleConfig();
    }
}
