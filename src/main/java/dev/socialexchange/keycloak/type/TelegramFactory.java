package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.models.KeycloakSession;

/** What of Telegram no descriptor can say. */
abstract class TelegramFactory extends DescribedIdentityProviderFactory {

    @Override
    DescribedIdentityProvider create(
            KeycloakSession session, OAuth2IdentityProviderConfig config, Descriptor descriptor) {
        return new TelegramIdentityProvider(session, config, descriptor);
    }
}
