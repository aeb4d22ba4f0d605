package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.descriptor.CallTemplate.Auth;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.proof.TokenWithdrawal;
import dev.socialexchange.keycloak.proof.TokenWithdrawal.Result;
import dev.socialexchange.keycloak.provider.StoredTokens;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.common.enums.SslRequired;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Tokens of people who go, taken back at a provider whose endpoints somebody has entered. */
class EnteredRevocationTest {
    private static final String ENDPOINT = "https://id.example/oauth/revoke";
    private static final StoredTokens TOKENS =
            new StoredTokens("{\"access_token\":\"the-access-token\",\"refresh_token\":\"the-refresh-token\"}");
    private static final Map<String, Function<Map<String, String>, OfflineProvider>> TYPES =
            Map.of("oidc", OfflineProvider::openId, "oauth2", OfflineProvider::oauth2);
    private static final String SETTING = "\"Revoke the provider's tokens at deletion\" (revokeAtDeletion)";

    private final OfflineKeycloak keycloak =
            new OfflineKeycloak().answering(ENDPOINT, 200, "").answering("https://proxy.example/oauth/revoke", 200, "");

    private static Map<String, String> settings(String... further) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "clientId", "our-app",
                "clientSecret", "s3c/ret",
                "tokenUrl", "https://id.example/token",
                "userInfoUrl", "https://id.example/me",
                "revokeAtDeletion", "true",
                "revocationUrl", ENDPOINT));
        List.of("userIDClaim", "userNameClaim", "emailClaim").forEach(claim -> settings.put(claim, "sub"));
        for (int i = 0; i < further.length; i += 2) {
            settings.put(further[i], further[i + 1]);
        }
        return settings;
    }

    private Result withdraw(OfflineProvider provider) {
        return new TokenWithdrawal(keycloak, provider).withdraw(TOKENS, "person-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"oidc", "oauth2"})
    void refreshTokenIsTakenBackAsRfc7009HasIt(String type) {
        assertThat(withdraw(TYPES.get(type).apply(settings("clientAuthMethod", "client_secret_post"))))
                .isEqualTo(Result.DONE);

        assertThat(keycloak.calls(ENDPOINT)).singleElement().satisfies(call -> {
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.body().content().split("&"))
                    .containsExactlyInAnyOrder(
                            "token=the-refresh-token",
                            "token_type_hint=refresh_token",
                            "client_id=our-app",
                            "client_secret=s3c%2Fret");
        });
    }

    @ParameterizedTest
    @CsvSource({"client_secret_basic, our-app:s3c%2Fret", "client_secret_basic_unencoded, our-app:s3c/ret"})
    void clientAuthenticatesAsAtTheTokenEndpoint(String method, String credentials) {
        withdraw(OfflineProvider.openId(settings("clientAuthMethod", method)));

        assertThat(keycloak.calls(ENDPOINT)).singleElement().satisfies(call -> {
            assertThat(call.headers())
                    .containsEntry(
                            "Authorization",
                            "Basic "
                                    + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
            assertThat(call.body().content()).doesNotContain("client_");
        });
    }

    @Test
    void accessTokenIsTakenBackWhereThereIsNothingElse() {
        new TokenWithdrawal(keycloak, OfflineProvider.oauth2(settings()))
                .withdraw(new StoredTokens("{\"access_token\":\"the-access-token\"}"), "person-1");

        assertThat(keycloak.calls(ENDPOINT))
                .singleElement()
                .extracting(call -> call.body().content())
                .asString()
                .contains("token=the-access-token")
                .contains("token_type_hint=access_token");
    }

    @Test
    void endpointIsRewrittenAsAllOthers() {
        withdraw(OfflineProvider.openId(settings(
                "exchangeEndpoints", "[{\"key\":\"https://id.example\",\"value\":\"https://proxy.example\"}]")));

        assertThat(keycloak.calls(ENDPOINT)).isEmpty();
        assertThat(keycloak.calls("https://proxy.example/oauth/revoke")).hasSize(1);
    }

    /** Whatever was imported without being looked at: no token leaves without our own proof of who asks. */
    @ParameterizedTest
    @CsvSource({"revocationUrl, ' '", "clientAuthMethod, private_key_jwt", "clientAuthMethod, client_secret_jwt"})
    void withoutEndpointOrSecretNothingIsSent(String key, String value) {
        for (Function<Map<String, String>, OfflineProvider> type : TYPES.values()) {
            assertThat(withdraw(type.apply(settings(key, value)))).isEqualTo(Result.NOTHING_TO_SEND);
        }
        assertThat(keycloak.calls("https://")).extracting(Call::uri).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "revocationUrl | '' | " + SETTING + " takes \"Revocation URL\" (revocationUrl)",
                "clientAuthMethod | private_key_jwt | " + SETTING + " takes a client secret",
                "clientAuthMethod | client_secret_jwt | " + SETTING + " takes a client secret",
                "revocationUrl | http://id.example/revoke | \"Revocation URL\" (revocationUrl)",
                "revocationUrl | /revoke | \"Revocation URL\" (revocationUrl): an origin",
                "revocationUrl | https://a:b@id.example/revoke | \"Revocation URL\" (revocationUrl): an origin"
            })
    void consoleRefusesWhatCouldNotWork(String key, String value, String message) {
        for (IdentityProviderModel model : saved(settings(key, value))) {
            assertThatThrownBy(() -> model.validate(realm()))
                    .as(model.getClass().getName())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(message);
        }
    }

    @Test
    void consoleSavesWhatWorksAndWhatIsNotWanted() {
        List<IdentityProviderModel> models = List.of(
                saved(settings()).get(0),
                saved(settings()).get(1),
                saved(settings()).get(2),
                saved(settings("revokeAtDeletion", "false", "revocationUrl", ""))
                        .get(0),
                saved(settings("revokeAtDeletion", "false", "clientAuthMethod", "private_key_jwt"))
                        .get(2));

        assertThat(models).allSatisfy(model -> assertThatCode(() -> model.validate(realm()))
                .doesNotThrowAnyException());
    }

    @Test
    void descriptorOfAFileHasToSayHow() {
        OAuth2IdentityProviderConfig config = new OAuth2IdentityProviderConfig();
        config.getConfig().put("revokeAtDeletion", "true");

        assertThatThrownBy(() -> EnteredRevocation.require(config, DescriptorReader.resource("microsoft")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(SETTING + " takes a descriptor with revocation or withdrawal");
        assertThatCode(() -> EnteredRevocation.require(config, DescriptorReader.resource("box")))
                .doesNotThrowAnyException();
        config.getConfig().put("revokeAtDeletion", "false");
        assertThatCode(() -> EnteredRevocation.require(config, DescriptorReader.resource("microsoft")))
                .doesNotThrowAnyException();
    }

    /** As the custom type has it: one client authentication for all. */
    @Test
    void customProviderTakesTokensBackByItsSettings() {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setProviderId("social-custom");
        model.getConfig().putAll(settings());

        assertThat(new DescriptorSettings(model).descriptor().withdraws())
                .contains(EnteredRevocation.call(ENDPOINT, Auth.POST));
        model.getConfig().remove("revocationUrl");
        assertThat(new DescriptorSettings(model).descriptor().withdraws()).isEmpty();
    }

    @Test
    void consoleShowsBothSettingsWhereEndpointsAreEntered() {
        assertThat(List.of(
                        new OidcExchangeIdentityProvider.Factory().getConfigProperties(),
                        new KeycloakOidcExchangeIdentityProvider.Factory().getConfigProperties(),
                        new OAuth2ExchangeIdentityProvider.Factory().getConfigProperties(),
                        DescriptorSettings.properties()))
                .allSatisfy(properties -> assertThat(properties)
                        .extracting(ProviderConfigProperty::getName)
                        .contains("revokeAtDeletion", "revocationUrl"));
    }

    @Test
    void importOfADiscoveryDocumentBringsTheEndpoint() {
        String document = "{\"issuer\":\"https://id.example\",\"revocation_endpoint\":\"" + ENDPOINT + "\"}";

        assertThat(new OidcExchangeIdentityProvider.Factory().parseConfig(null, document))
                .containsEntry("issuer", "https://id.example")
                .containsEntry("revocationUrl", ENDPOINT);
        assertThat(new KeycloakOidcExchangeIdentityProvider.Factory().parseConfig(null, document))
                .containsEntry("revocationUrl", ENDPOINT);
        assertThat(new OAuth2ExchangeIdentityProvider.Factory().parseConfig(null, document))
                .containsEntry("revocationUrl", ENDPOINT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "7", "null", "\"/revoke\"", "\"https://id.example/{tenant}/revoke\""})
    void importLeavesOutWhatIsNoEndpoint(String endpoint) {
        assertThat(new OidcExchangeIdentityProvider.Factory()
                        .parseConfig(
                                null, "{\"issuer\":\"https://id.example\",\"revocation_endpoint\":" + endpoint + "}"))
                .containsEntry("issuer", "https://id.example")
                .doesNotContainKey("revocationUrl");
    }

    /** As an administrator would save it, of each type. */
    private static List<IdentityProviderModel> saved(Map<String, String> settings) {
        List<IdentityProviderModel> models = List.of(
                new OidcExchangeIdentityProvider.Factory().createConfig(),
                new KeycloakOidcExchangeIdentityProvider.Factory().createConfig(),
                new OAuth2ExchangeIdentityProvider.Factory().createConfig(),
                new CustomIdentityProvider.Factory().createConfig());
        models.forEach(model -> {
            model.setAlias("id");
            model.getConfig().putAll(settings);
        });
        return models;
    }

    private static RealmModel realm() {
        return (RealmModel) Proxy.newProxyInstance(
                RealmModel.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (realm, method, arguments) -> switch (method.getName()) {
                    case "getSslRequired" -> SslRequired.ALL;
                    case "getClientByClientId" -> null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
