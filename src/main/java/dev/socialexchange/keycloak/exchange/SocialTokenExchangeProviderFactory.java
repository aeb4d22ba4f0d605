package dev.socialexchange.keycloak.exchange;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenExchangeProviderFactory;

/** Puts our exchange before Keycloak's standard one (order 10), which gets every request that is not ours. */
public final class SocialTokenExchangeProviderFactory implements TokenExchangeProviderFactory {
    private static final SocialTokenExchangeProvider STATELESS = new SocialTokenExchangeProvider();

    @Override
    public TokenExchangeProvider create(KeycloakSession session) {
        return STATELESS;
    }

    @Override
    public String getId() {
        return "social-exchange";
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public void init(Config.Scope config) {
        // nothing to read
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // nothing to wait for
    }

    @Override
    public void close() {
        // holds nothing
    }
}
