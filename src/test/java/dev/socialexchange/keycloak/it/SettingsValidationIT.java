package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.it.support.ProviderCopies;
import dev.socialexchange.keycloak.it.support.Suite;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that could not work are refused when they are saved, with words that help. */
class SettingsValidationIT {
    private static final List<String> TYPES =
            List.of("google", "facebook", "github", "acme", "partner", "legacy", "custom");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exchangeMaxAge | soon",
                "exchangeMaxAge | 0",
                "exchangeMaxAge | -5",
                "exchangeMaxAge | 1.5",
                "exchangeMaxAge | 99999999999999",
                "exchangeTimeout | 99",
                "exchangeTimeout | 30001",
                "exchangeNonce | sometimes",
                "exchangeUnbound | perhaps",
                "exchangeSingleUse | no",
                "exchangeEmailTrust | always",
                "exchangeSubjectPattern | (a+)+",
                "exchangeSubjectPattern | ^\\d+$",
                "exchangeRequiredClaims | acr=high##=low",
                "exchangeForbiddenClaims | =anonymous",
                "exchangeTokenTypes | id_token##cookie",
                "exchangeEndpoints | no json",
                "exchangeEndpoints | {}",
                "exchangeEndpoints | null",
                "exchangeEndpoints | [null]",
                "exchangeEndpoints | [{\"key\":\"https://a.example\"}]",
                "exchangeEndpoints | [{\"key\":\"https://a.example\",\"value\":\"not a url\"}]",
                "exchangeEndpoints | [{\"key\":\"https://a.example\",\"value\":\"ftp://b.example\"}]",
                "exchangeEndpoints | [{\"key\":\"https://a.example\",\"value\":\"http://b.example\"}]",
                "exchangeEndpoints | [{\"key\":\"https://a.example\",\"value\":\"https://u:p@b.example\"}]",
                "exchangeEndpoints | [{\"key\":\"https://a.example\",\"value\":\"https://b.example?x\"}]",
                "exchangeEndpoints | [{\"key\":\"https://a.example\",\"value\":\"https:///path\"}]",
                "exchangeEndpoints | [{\"key\":\"a.example\",\"value\":\"https://b.example\"}]",
                "exchangeEndpoints | [{\"key\":\"https://a.example\",\"value\":\"https://b.example\"},{\"key\":\"https://a.example/\",\"value\":\"https://c.example\"}]"
            })
    void refusesSettingThatCannotWork(String key, String value) {
        for (String like : TYPES) {
            refuses(like, key, value);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "userInfoUrl, nonsense",
        "userInfoUrl, http://api.example/me",
        "bindingUrl, http://api.example/about",
        "tokenIntrospectionUrl, ftp://api.example",
        "jwksUrl, http://api.example/jwks",
        "tokenUrl, http://api.example/token",
        "authorizationUrl, javascript:alert(1)",
        "idPointer, id",
        "emailPointer, email",
        "bindingClientIdPointer, client.id"
    })
    void refusesCustomProviderThatCannotWork(String key, String value) {
        refuses("custom", key, value);
    }

    @ParameterizedTest
    @ValueSource(strings = {"acme", "legacy"})
    void refusesWhatKeycloakItselfRefuses(String like) {
        assertThatThrownBy(() -> Suite.identityProvider(like, Map.of("tokenUrl", "http://tokens.example/token")))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("token_url");
    }

    @Test
    void refusesChangeOfSavedProviderAndKeepsIt() {
        String alias = Suite.identityProvider("google", Map.of("exchangeMaxAge", "600"));

        assertThatThrownBy(() -> Suite.admin().configureIdentityProvider(alias, Map.of("exchangeMaxAge", "soon")))
                .hasMessageContaining("answered 400")
                .hasMessageContaining("Token exchange: oldest ID token or signed data (seconds)")
                .hasMessageContaining("(exchangeMaxAge) must be a whole number from 1 to 86400");

        assertThat(Suite.admin()
                        .identityProvider(alias)
                        .path("config")
                        .path("exchangeMaxAge")
                        .asText())
                .isEqualTo("600");
    }

    @Test
    void savesWhatWorksAndBlankForDefault() {
        for (String like : TYPES) {
            Suite.identityProvider(
                    like,
                    Map.of(
                            "exchangeMaxAge", "86400",
                            "exchangeTimeout", "100",
                            "exchangeNonce", "required",
                            "exchangeTokenTypes", "access_token##authorization_code",
                            "exchangeEmailTrust", "never",
                            "exchangeSubjectPattern", "\\d{1,20}|[a-z]+",
                            "exchangeRequiredClaims", "acr=high##acr=low##/a/b",
                            "exchangeForbiddenClaims", "job_id##/firebase/sign_in_provider=anonymous",
                            "exchangeEndpoints",
                                    "[{\"key\":\"https://a.example/x\",\"value\":\"https://b.example/\"}]"));
            ProviderCopies.without(
                    like,
                    List.of(),
                    Map.of(
                            "exchangeMaxAge", "",
                            "exchangeTimeout", "",
                            "exchangeNonce", "",
                            "exchangeTokenTypes", "",
                            "exchangeSubjectPattern", " ",
                            "exchangeRequiredClaims", ""));
        }
    }

    private static void refuses(String like, String key, String value) {
        assertThatThrownBy(() -> Suite.identityProvider(like, Map.of(key, value)))
                .as(like)
                .hasMessageContaining("answered 400")
                .extracting(refused -> refused.getMessage().replace("_", "").toLowerCase(Locale.ROOT))
                .asString()
                .contains(key.toLowerCase(Locale.ROOT)); // Keycloak writes userinfo_url
    }
}
