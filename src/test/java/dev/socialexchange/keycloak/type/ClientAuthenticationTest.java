package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.net.Call;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.util.BasicAuthHelper;

/** How we name ourselves at an endpoint: as Keycloak's browser login of the same provider does. */
class ClientAuthenticationTest {

    @ParameterizedTest
    @CsvSource({
        "our-app, plain",
        "our-app, abc+def/ghi==",
        "our-app, pa%ss",
        "our-app, s3cr+t/w%th:spe=cial &ch",
        "our-app, geheim-ä€",
        "https://app.example.org/x?a=b, plain"
    })
    void basicIsEncodedAsAFormFirst(String clientId, String secret) {
        assertThat(authorization(CallTemplate.Auth.BASIC, clientId, secret))
                .isEqualTo(BasicAuthHelper.RFC6749.createHeader(clientId, secret));
        assertThat(authorization(CallTemplate.Auth.BASIC_UNENCODED, clientId, secret))
                .isEqualTo("Basic "
                        + Base64.getEncoder()
                                .encodeToString((clientId + ":" + secret).getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource({
        "client_secret_basic, BASIC",
        "client_secret_basic_unencoded, BASIC_UNENCODED",
        "client_secret_post, POST",
        "'', POST"
    })
    void methodIsTheOneThatTheConsoleSays(String method, CallTemplate.Auth expected) {
        OAuth2IdentityProviderConfig config = new OAuth2IdentityProviderConfig();
        config.setProviderId("oauth2");
        config.setTokenUrl("https://legacy.example/token");
        config.setTokenIntrospectionUrl("https://legacy.example/introspect");
        config.setClientAuthMethod(method);
        config.getConfig().put("userIDClaim", "sub");

        Descriptor descriptor = OidcDescriptor.of(config);

        assertThat(descriptor.authorizationCode().orElseThrow().client().auth()).isEqualTo(expected);
        assertThat(descriptor
                        .accessToken()
                        .orElseThrow()
                        .binding()
                        .orElseThrow()
                        .asked()
                        .orElseThrow()
                        .auth())
                .isEqualTo(expected);
    }

    @Test
    void browserLoginOfADescribedTypeUsesTheSameMethod() {
        for (String type : List.of("spotify", "google")) {
            Descriptor descriptor = DescriptorReader.resource(type);
            OAuth2IdentityProviderConfig config =
                    DescribedConfig.filled(new OAuth2IdentityProviderConfig(), descriptor);

            assertThat(config.getClientAuthMethod())
                    .isEqualTo(type.equals("spotify") ? "client_secret_basic" : "client_secret_post");
        }
    }

    private static String authorization(CallTemplate.Auth auth, String clientId, String secret) {
        Call call = CallTemplate.clientForm(
                        "https://issuer.example/introspect", Map.of("token", "{token}"), auth, List.of())
                .call(Map.of("client_id", clientId, "client_secret", secret, "token", "t"), Endpoints.AS_THEY_ARE);
        return call.headers().get("Authorization");
    }
}
