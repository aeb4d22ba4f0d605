package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.PlainFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenExchangeProviderFactory;

/** Puts our exchange before Keycloak's standard one (order 10), which gets every request that is not ours. */
public final class SocialTokenExchangeProviderFactory
        implements TokenExchangeProviderFactory, PlainFactory<TokenExchangeProvider> {
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
}
