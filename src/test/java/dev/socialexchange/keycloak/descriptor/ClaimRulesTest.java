package dev.socialexchange.keycloak.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.SettingName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClaimRulesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "acr ! {\"acr\":\"x\"} ! true",
                "acr ! {\"acr\":\"\"} ! false",
                "acr ! {\"acr\":null} ! false",
                "acr ! {\"acr\":false} ! false",
                "acr ! {\"acr\":{}} ! false",
                "acr ! {} ! false",
                "token_use=id ! {\"token_use\":\"id\"} ! true",
                "token_use=id ! {\"token_use\":\"ID\"} ! false",
                "token_use=id ! {\"token_use\":[\"access\",\"id\"]} ! true",
                "token_use=id ! {\"token_use\":{\"id\":\"id\"}} ! false",
                "level=3 ! {\"level\":3} ! true",
                "/a/b=c=d ! {\"a\":{\"b\":\"c=d\"}} ! true",
                "https://x.example/y=z ! {\"https://x.example/y\":\"z\"} ! true"
            })
    void requiredClaim(String condition, String claims, boolean satisfied) {
        Map<String, String> settings = Map.of("exchangeRequiredClaims", condition);

        assertThat(broken(settings, claims)).isEqualTo(satisfied ? Optional.empty() : Optional.of("claim_missing"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            value = {
                "job_id ! {\"job_id\":\"1\"} ! true",
                "job_id ! {\"job_id\":\"\"} ! true",
                "job_id ! {\"job_id\":false} ! true",
                "job_id ! {\"job_id\":{}} ! true",
                "job_id ! {\"job_id\":null} ! false",
                "job_id ! {} ! false",
                "is_anonymous=true ! {\"is_anonymous\":true} ! true",
                "is_anonymous=true ! {\"is_anonymous\":\"True\"} ! true",
                "is_anonymous=true ! {\"is_anonymous\":false} ! false",
                "is_anonymous=true ! {\"is_anonymous\":{\"yes\":1}} ! true",
                "/firebase/sign_in_provider=anonymous ! {\"firebase\":{\"sign_in_provider\":\"anonymous\"}} ! true",
                "/firebase/sign_in_provider=anonymous ! {\"firebase\":{\"sign_in_provider\":\"google.com\"}} ! false",
                "roles=guest ! {\"roles\":[\"a\",\"guest\"]} ! true"
            })
    void forbiddenClaim(String condition, String claims, boolean found) {
        Map<String, String> settings = Map.of("exchangeForbiddenClaims", condition);

        assertThat(broken(settings, claims)).isEqualTo(found ? Optional.of("claim_forbidden") : Optional.empty());
    }

    @Test
    void everyClaimThatIsNamedMustBeThereWithOneOfItsValues() {
        Map<String, String> settings = Map.of("exchangeRequiredClaims", "acr=high##acr=substantial##verified");

        assertThat(broken(settings, "{\"acr\":\"high\",\"verified\":true}")).isEmpty();
        assertThat(broken(settings, "{\"acr\":\"substantial\",\"verified\":1}")).isEmpty();
        assertThat(broken(settings, "{\"acr\":\"low\",\"verified\":true}")).contains("claim_missing");
        assertThat(broken(settings, "{\"acr\":\"high\"}")).contains("claim_missing");
    }

    @Test
    void idThatIsMissingIsOfNoForm() {
        ClaimRules rules = new ExchangeSettings(Map.of("exchangeSubjectPattern", ".*")).claims();

        assertThat(rules.brokenBy(Optional.empty(), List.of(json("{}")))).contains("subject_of_another_kind");
        assertThat(rules.brokenBy(Optional.of("x"), List.of(json("{}")))).isEmpty();
    }

    @Test
    void withoutSettingsNothingIsAskedOfAToken() {
        assertThat(new ExchangeSettings(Map.of()).claims()).isEqualTo(ClaimRules.NONE);
        assertThat(broken(Map.of(), "{}")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=x", "x=", " = "})
    void refusesConditionThatSaysNothing(String condition) {
        for (String key : List.of("exchangeRequiredClaims", "exchangeForbiddenClaims")) {
            assertThatThrownBy(() -> new ExchangeSettings(Map.of(key, condition)).claims())
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(SettingName.of(key) + ": ");
        }
    }

    private static Optional<String> broken(Map<String, String> settings, String claims) {
        return new ExchangeSettings(settings).claims().brokenBy(Optional.of("1"), List.of(json(claims)));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
