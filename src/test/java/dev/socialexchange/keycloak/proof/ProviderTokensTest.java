package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.TOKEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What browser logins of our own types have verified. */
class ProviderTokensTest {
    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak();
    private final OfflineProvider provider = OpenIdFixture.provider(Map.of());

    @Test
    void readsTheProfileOfWhoTheIdTokenIsAbout() {
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"1\",\"name\":\"Zoë\"}");

        assertThat(new ProviderTokens(keycloak, provider)
                        .read(tokens("n"), "n", null)
                        .document()
                        .path("name")
                        .asText())
                .isEqualTo("Zoë");
    }

    @Test
    void refusesNonceOfAnotherLogin() {
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"1\"}");

        ExchangeException refused =
                catchThrowableOfType(ExchangeException.class, () -> new ProviderTokens(keycloak, provider)
                        .read(tokens("of-another"), "n", null));

        assertThat(refused.error()).isEqualTo(ExchangeError.NONCE_MISMATCH);
    }

    @Test
    void requestCarriesOurCredentialsAndNobodyElses() {
        Call call = new ProviderTokens(keycloak, provider)
                .request(
                        Map.of("grant_type", "refresh_token", "refresh_token", "r", "client_secret", "theirs"),
                        Optional.empty());

        assertThat(call.uri()).hasToString(TOKEN);
        assertThat(call.repeatable()).isFalse();
        assertThat(call.toString() + call.headers() + call.body().content())
                .contains("refresh_token=r")
                .doesNotContain("theirs");
    }

    @ParameterizedTest
    @CsvSource({"200, true", "204, true", "299, true", "199, false", "300, false", "400, false", "500, false"})
    void tokenIsTakenBackIfTheProviderSaysSo(int status, boolean taken) {
        OfflineProvider discord = OfflineProvider.ofType("discord", Map.of("clientId", "our-app", "clientSecret", "s"));
        keycloak.answering("https://discord.com/", status, "{}");

        assertThat(new ProviderTokens(keycloak, discord).revoke("access-token")).isEqualTo(taken);
        assertThat(keycloak.calls("https://discord.com/")).hasSize(1);
    }

    private static JsonNode tokens(String nonce) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("access_token", "access-token")
                .put("id_token", SIGNER.sign("1", "our-app", claims -> claims.put("nonce", nonce)));
    }
}
