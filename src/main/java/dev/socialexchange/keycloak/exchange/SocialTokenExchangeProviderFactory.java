package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.PlainFactory;
import dev.socialexchange.keycloak.door.ErrorPages;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenExchangeProvider;
import org.keycloak.protocol.oidc.TokenExchangeProviderFactory;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** Puts our exchange before Keycloak's standard one (order 10), which gets every request that is not ours. */
public final class SocialTokenExchangeProviderFactory
        implements TokenExchangeProviderFactory, PlainFactory<TokenExchangeProvider> {
    private static final SocialTokenExchangeProvider STATELESS = new SocialTokenExchangeProvider();

    @Override
    public TokenExchangeProvider create(KeycloakSession session) {
        return STATELESS;
    }

    /** A server whose answers would name what cannot be an address does not start; the doors read the option by themselves. */
    @Override
    public void init(Config.Scope config) {
        ErrorPages.of(config);
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
    public List<ProviderConfigProperty> getConfigMetadata() {
        return ProviderConfigurationBuilder.create()
                .property()
                .name(ErrorPages.OPTION)
                .type("string")
                .helpText(
                        "Where each error_reason is explained: refusals name the page below this address in error_uri.")
                .add()
                .build();
    }
}
