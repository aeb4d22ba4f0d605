package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeSettingsTest {

    @Test
    void absentSettingsAreTheSafeDefaults() {
        ExchangeSettings settings = new ExchangeSettings(Map.of());

        assertThat(settings.clients()).isEmpty();
        assertThat(settings.audience()).isEmpty();
        assertThat(settings.tokenTypes()).isEmpty();
        assertThat(settings.unbound()).isFalse();
        assertThat(settings.nonceRequired()).isFalse();
        assertThat(settings.singleUse()).isTrue();
        assertThat(settings.maxAge()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.emailTrust()).isEmpty();
        assertThat(settings.endpoints()).isEqualTo(Endpoints.AS_THEY_ARE);
    }

    @Test
    void blankSettingsAreTheDefaultsToo() {
        ExchangeSettings settings = new ExchangeSettings(Map.of(
                "exchangeClients", " ",
                "exchangeMaxAge", "",
                "exchangeTimeout", " ",
                "exchangeSingleUse", "",
                "exchangeUnbound", "",
                "exchangeEndpoints", " "));

        assertThat(settings.clients()).isEmpty();
        assertThat(settings.maxAge()).isEqualTo(Duration.ofHours(1));
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(settings.singleUse()).isTrue();
        assertThat(settings.unbound()).isFalse();
        assertThat(settings.endpoints()).isEqualTo(Endpoints.AS_THEY_ARE);
    }

    @Test
    void splitsListsAsKeycloakStoresThem() {
        ExchangeSettings settings = new ExchangeSettings(
                Map.of("exchangeClients", " a ##b####b", "exchangeTokenTypes", "id_token##cookie"));

        assertThat(settings.clients()).containsExactly("a", "b");
        assertThat(settings.tokenTypes()).containsExactly(TokenKind.ID_TOKEN);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "1", "TRUE!", "on"})
    void onlyTrueAcceptsUnboundTokensAndOnlyFalseAllowsReuse(String value) {
        ExchangeSettings settings = new ExchangeSettings(Map.of("exchangeUnbound", value, "exchangeSingleUse", value));

        assertThat(settings.unbound()).isFalse();
        assertThat(settings.singleUse()).isTrue();
    }

    @Test
    void readsEndpointsWithOrWithoutFinalSlash() {
        ExchangeSettings settings = new ExchangeSettings(
                Map.of("exchangeEndpoints", "[{\"key\":\"https://a.example/\",\"value\":\"https://b.example/x/\"}]"));

        assertThat(settings.endpoints().rewrite("https://a.example/user")).isEqualTo("https://b.example/x/user");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "{}",
                "null",
                "[null]",
                "[{}]",
                "[1]",
                "[{\"key\":\"https://a\"}]",
                "[{\"value\":\"https://a\"}]",
                "[{\"key\":\"https://a\",\"value\":\"https://b\"},{\"key\":\"https://a/\",\"value\":\"https://c\"}]"
            })
    void refusesEndpointsThatAreNoListOfPrefixes(String json) {
        assertThatThrownBy(() -> new ExchangeSettings(Map.of("exchangeEndpoints", json)).endpoints())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("exchangeEndpoints");
    }
}
