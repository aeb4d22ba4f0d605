package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;

/** Applies {@code exchangeEndpoints} to the URLs that Keycloak's own login uses, so that both ways meet the same provider. */
final class OidcEndpoints {

    private OidcEndpoints() {}

    static void rewrite(OAuth2IdentityProviderConfig config) {
        rewrite(config, new ExchangeSettings(config.getConfig()).endpoints());
    }

    static void rewrite(OAuth2IdentityProviderConfig config, Endpoints endpoints) {
        if (endpoints.prefixes().isEmpty()) {
            return;
        }
        config.setAuthorizationUrl(endpoints.rewrite(config.getAuthorizationUrl()));
        config.setTokenUrl(endpoints.rewrite(config.getTokenUrl()));
        config.setUserInfoUrl(endpoints.rewrite(config.getUserInfoUrl()));
        if (config instanceof OIDCIdentityProviderConfig oidc) {
            oidc.setJwksUrl(endpoints.rewrite(oidc.getJwksUrl()));
        }
    }
}
