package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.type.DescriptorSettings;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.common.enums.SslRequired;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/** What the console answers to a setting that could not work, in the words of its own page. */
class SettingsValidationTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exchangeMaxAge | soon | \"Token exchange: oldest ID token or signed data (seconds)\" (exchangeMaxAge) must be a whole number from 1 to 86400",
                "exchangeLinkMaxAuthAge | -1 | \"Token exchange: login age for linking\" (exchangeLinkMaxAuthAge) must be a whole number",
                "exchangeTimeout | 99 | \"Token exchange: deadline (milliseconds)\" (exchangeTimeout) must be a whole number",
                "exchangeNonce | sometimes | \"Token exchange: nonce\" (exchangeNonce) must be one of if-sent, issued, optional, required",
                "exchangeUnbound | perhaps | \"Token exchange: accept tokens that cannot be bound to this app\" (exchangeUnbound) must be one of",
                "exchangeTokenTypes | cookie | \"Token exchange: accepted tokens\" (exchangeTokenTypes) must be among access_token,",
                "exchangeFormClients | app | \"Token exchange: clients that open links by form\" (exchangeFormClients) must be among \"Token exchange: clients\" (exchangeClients)",
                "exchangeSubjectPattern | (a) | \"Token exchange: what a person's ID looks like\" (exchangeSubjectPattern): ",
                "exchangeRequiredClaims | =high | \"Token exchange: required claims\" (exchangeRequiredClaims): ",
                "exchangeForbiddenClaims | =high | \"Token exchange: forbidden claims\" (exchangeForbiddenClaims): ",
                "exchangeSignals | on | \"Signals of the provider\" (exchangeSignals) must be one of audit, enforce, off",
                "exchangeSignalsPolicy | {} | \"Signals: what is done\" (exchangeSignalsPolicy) has a word that is not known",
                "exchangeSignalsPolicy | [{\"key\":\"account-deleted\",\"value\":\"delete\"}] | (exchangeSignalsPolicy) has a word",
                "exchangeSignalsPolicy | [{\"key\":\"deleted\",\"value\":\"unlink\"}] | (exchangeSignalsPolicy) has a word",
                "exchangeSignalsSessions | some | \"Signals: which sessions end\" (exchangeSignalsSessions) must be one of all, link",
                "exchangeSignalsSecret | s3cret | \"Signals: secret\" (exchangeSignalsSecret) must be vault references",
                "exchangeSignalsGrace | 6 | \"Signals: days until deletion\" (exchangeSignalsGrace) must be a whole number from 7 to 365",
                "exchangeSignalsPoll | poll/1 | \"Signals: address to fetch them from\" (exchangeSignalsPoll): an origin",
                "exchangeSignalsPoll | https://a@b.example/poll | (exchangeSignalsPoll): an origin",
                "exchangeSignalsPoll | http://b.example/poll | \"Signals: address to fetch them from\" (exchangeSignalsPoll)",
                "exchangeSignalsPollToken | eyJ | \"Signals: token for fetching\" (exchangeSignalsPollToken) must be a vault reference",
                "exchangeSignalsKey | abc | \"Signals: public key\" (exchangeSignalsKey) must be public keys of 64 hex digits",
                "exchangeEndpoints | {} | \"Token exchange: endpoints\" (exchangeEndpoints) is not a list",
                "exchangeEndpoints | [{\"key\":\"a\",\"value\":\"b\"}] | \"Token exchange: endpoints\" (exchangeEndpoints): an origin",
                "exchangeEndpoints | [{\"key\":\"https://a\",\"value\":\"http://b\"}] | [\"Token exchange: endpoints\" (exchangeEndpoints)]"
            })
    void namesTheSettingByItsLabelAndByItsKey(String key, String value, String message) {
        assertThatThrownBy(() -> SettingsValidation.validate(provider(Map.of(key, value)), realm()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    /** Each of these would be refused for some value. */
    @Test
    void everySettingOfOursHasAName() {
        assertThat(SettingsProperties.all())
                .extracting(ProviderConfigProperty::getName)
                .allSatisfy(
                        key -> assertThat(SettingName.of(key)).startsWith("\"").endsWith("\" (" + key + ")"));
        assertThat(DescriptorSettings.properties())
                .extracting(ProviderConfigProperty::getName)
                .allSatisfy(
                        key -> assertThat(SettingName.of(key)).startsWith("\"").endsWith("\" (" + key + ")"));
    }

    @Test
    void aSettingOfKeycloaksOwnIsNamedByItsKey() {
        assertThat(SettingName.of("hostedDomain")).isEqualTo("hostedDomain");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "data.id", "$.id", "id/"})
    void saysWhatAJsonPointerLooksLike(String value) {
        assertThatThrownBy(() -> custom(Map.of("idPointer", value)).validate(realm()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"User ID (JSON pointer)\" (idPointer) must be a JSON pointer, which begins with a slash:"
                        + " /id, or /data/id for an id inside data");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"tokenUrl", "authorizationUrl", "userInfoUrl", "tokenIntrospectionUrl", "bindingUrl", "jwksUrl"})
    void namesTheUrlThatIsNone(String key) {
        assertThatThrownBy(() -> custom(Map.of(key, "http://api.example")).validate(realm()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[" + SettingName.of(key) + "]");
    }

    @Test
    void namesTheDescriptorThatStandsBesideUrls() {
        assertThatThrownBy(() -> custom(Map.of("descriptor", "intranet", "issuer", "https://a.example"))
                        .validate(realm()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"Descriptor file\" (descriptor) stands for all URLs");
    }

    @Test
    void clientThatIsNotThereIsMissingAndTheOthersAreNot() {
        IdentityProviderModel provider = provider(Map.of("exchangeClients", "front-end##frontend##demo-spa"));

        assertThat(ListedClients.missing(provider, realm("front-end", "demo-spa")))
                .containsExactly("frontend");
    }

    @Test
    void acceptsClientsThatAreThere() {
        assertThatCode(() -> SettingsValidation.validate(
                        provider(Map.of("exchangeClients", "front-end", "exchangeFormClients", "front-end")),
                        realm("front-end")))
                .doesNotThrowAnyException();
    }

    private static DescriptorSettings custom(Map<String, String> config) {
        return new DescriptorSettings(provider(config));
    }

    private static IdentityProviderModel provider(Map<String, String> config) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias("google");
        model.getConfig().putAll(config);
        return model;
    }

    private static RealmModel realm(String... clientIds) {
        return (RealmModel) Proxy.newProxyInstance(
                RealmModel.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (realm, method, arguments) -> switch (method.getName()) {
                    case "getSslRequired" -> SslRequired.ALL;
                    case "getClientByClientId" -> List.of(clientIds).contains(arguments[0]) ? client() : null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private static Object client() {
        return Proxy.newProxyInstance(
                RealmModel.class.getClassLoader(), new Class<?>[] {ClientModel.class}, (client, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }
}
