package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Pointers;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import org.junit.jupiter.api.Test;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;

class OAuth2DescriptorTest {

    @Test
    void describesWhatTheAdminHasEnteredAndDoesSoOnce() {
        OAuth2IdentityProviderConfig config = new OAuth2IdentityProviderConfig();
        config.setProviderId("oauth2");
        config.setClientId("our-client");
        config.setTokenUrl("https://legacy.example/token");
        config.setUserInfoUrl("https://legacy.example/me");
        config.getConfig().put("userIDClaim", "data.id");
        OAuth2ExchangeIdentityProvider provider = new OAuth2ExchangeIdentityProvider(null, config);

        Descriptor descriptor = provider.descriptor();

        assertThat(descriptor.provable())
                .containsExactly(TokenKind.AUTHORIZATION_CODE); // nothing binds an access token
        assertThat(descriptor.identity().profile().id().own()).isEqualTo(Pointers.of("/data/id"));
        assertThat(provider.descriptor()).isSameAs(descriptor);
    }
}
