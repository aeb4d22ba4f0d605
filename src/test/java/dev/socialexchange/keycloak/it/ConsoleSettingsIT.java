package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.ServerInfo;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The admin console learns of our settings for every type that it knows. */
class ConsoleSettingsIT {

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "oidc", "keycloak-oidc", "oauth2", "social-custom"})
    void showsExchangeSettingsWithLabelAndHelp(String type) {
        List<JsonNode> settings = ServerInfo.identityProviderSettings(type);

        assertThat(settings)
                .extracting(setting -> setting.path("name").asText())
                .contains(
                        "exchangeClients",
                        "exchangeAudience",
                        "exchangeTokenTypes",
                        "exchangeUnbound",
                        "exchangeNonce",
                        "exchangeSingleUse",
                        "exchangeMaxAge",
                        "exchangeLinkMaxAuthAge",
                        "exchangeEmailTrust",
                        "exchangeTimeout",
                        "exchangeEndpoints")
                .doesNotHaveDuplicates();
        assertThat(settings)
                .filteredOn(setting -> setting.path("name").asText().startsWith("exchange"))
                .allSatisfy(setting -> {
                    assertThat(setting.path("label").asText()).startsWith("socialExchange-");
                    assertThat(setting.path("helpText").asText()).startsWith("socialExchange-");
                });
    }

    /** One of ours, and one of Keycloak's in our place. */
    @ParameterizedTest
    @CsvSource({"telegram, true", "stackoverflow, true", "discord, false", "google, false"})
    void saysOfAProviderThatNobodyHasAnAddress(String type, boolean said) {
        assertThat(ServerInfo.identityProviderSettings(type))
                .filteredOn(setting -> setting.path("name").asText().equals("exchangeEmailTrust"))
                .singleElement()
                .satisfies(trust -> assertThat(trust.path("label").asText())
                        .isEqualTo("socialExchange-exchangeEmailTrust" + (said ? "-noAddress" : "")));
    }

    @ParameterizedTest
    @CsvSource({"google, hostedDomain", "facebook, fetchedFields", "github, baseUrl"})
    void keepsKeycloaksOwnSettings(String type, String setting) {
        assertThat(ServerInfo.identityProviderSettings(type))
                .extracting(found -> found.path("name").asText())
                .contains(setting);
    }
}
