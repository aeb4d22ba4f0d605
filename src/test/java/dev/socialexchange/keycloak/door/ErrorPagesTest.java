package dev.socialexchange.keycloak.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.exchange.SocialTokenExchangeProviderFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.Config;

class ErrorPagesTest {
    /** Where Keycloak's options stand in a JVM without a server. */
    private static final String PROPERTY = "keycloak.oauth2-token-exchange.social-exchange.error-pages";

    @AfterEach
    void forget() {
        System.clearProperty(PROPERTY);
    }

    @ParameterizedTest
    @EnumSource(ExchangeError.class)
    void refusalNamesThePageOfItsReason(ExchangeError error) {
        set("https://docs.example/errors");

        assertThat(answer(error).path("error_uri").asText()).isEqualTo("https://docs.example/errors/" + error.reason());
    }

    @Test
    void slashAtTheEndIsTheSame() {
        set("https://docs.example/errors/");

        assertThat(answer(ExchangeError.CONSENT).path("error_uri").asText())
                .isEqualTo("https://docs.example/errors/consent");
    }

    /** A member that says nothing would be one that front ends have to deal with. */
    @Test
    void refusalHasNoSuchMemberUnlessTheOperatorHasSaidWhere() {
        assertThat(answer(ExchangeError.CONSENT).has("error_uri")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://docs.example",
                "https://docs.example:8443/a/b",
                "http://localhost:4173/errors",
                "http://127.0.0.1/errors",
                "http://[::1]:8080/errors"
            })
    void serverStartsWithAnAddressThatCanBeMeant(String address) {
        set(address);

        new SocialTokenExchangeProviderFactory().init(options());

        assertThat(ErrorPages.configured().about(ExchangeError.CONSENT)).contains(address + "/consent");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://docs.example/errors",
                "http://localhost.example/errors",
                "ftp://localhost/errors",
                "javascript:alert(1)",
                "//docs.example/errors",
                "docs.example/errors",
                "/errors",
                "https:///errors",
                "https:errors",
                "https://docs.example/errors?reason=",
                "https://docs.example/errors#",
                "https://operator:secret@docs.example/errors",
                "https://docs.example/über",
                "https://docs.example/a b",
                "https://docs.example/\"",
                " https://docs.example/errors"
            })
    void serverDoesNotStartWithAnyOther(String address) {
        set(address);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SocialTokenExchangeProviderFactory().init(options()))
                .withMessageContaining("--spi-oauth2-token-exchange--social-exchange--error-pages")
                .withMessageNotContaining(address.strip());
    }

    @Test
    void optionIsDocumented() throws IOException {
        assertThat(Files.readString(Path.of("docs/configuration.md")))
                .contains("| `--spi-oauth2-token-exchange--social-exchange--" + ErrorPages.OPTION + "` |");
        assertThat(new SocialTokenExchangeProviderFactory().getConfigMetadata())
                .extracting("name")
                .containsExactly(ErrorPages.OPTION);
    }

    private static void set(String address) {
        System.setProperty(PROPERTY, address);
    }

    private static Config.Scope options() {
        return Config.scope("oauth2-token-exchange", "social-exchange");
    }

    /** What a front end reads. */
    private static JsonNode answer(ExchangeError error) {
        return new ObjectMapper().valueToTree(Refusal.of(ExchangeException.refuse(error), Optional.empty()));
    }
}
