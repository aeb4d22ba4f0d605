package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.OddJson;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What becomes of stored tokens when a later login brings others. */
class StoredTokensTest {
    private static final String NEW = "{\"access_token\":\"new\"}";

    @Test
    void keepsTheRefreshTokenThatALaterAnswerDoesNotRepeat() {
        assertThat(merged(NEW, "{\"access_token\":\"old\",\"refresh_token\":\"once\"}"))
                .isEqualTo("{\"access_token\":\"new\",\"refresh_token\":\"once\"}");
        assertThat(merged("{\"refresh_token\":\"second\"}", "{\"refresh_token\":\"first\"}"))
                .isEqualTo("{\"refresh_token\":\"second\"}");
    }

    @Test
    void keepsWhatTheRefreshTokenIsUsedWith() {
        String before = "{\"refresh_token\":\"once\",\"device_id\":\"d1\",\"state\":\"s1\"}";

        assertThat(merged(NEW, before, "device_id"))
                .isEqualTo("{\"access_token\":\"new\",\"refresh_token\":\"once\",\"device_id\":\"d1\"}");
    }

    @Test
    void whateverStandsThereIsReplacedIfItCannotBeRead() {
        assertThat(merged(NEW, null)).isEqualTo(NEW);
        OddJson.values().forEach(odd -> {
            assertThat(merged(NEW, odd)).isEqualTo(NEW);
            assertThat(merged(odd, "{\"refresh_token\":\"once\"}")).isNotBlank();
        });
        OddJson.in("{\"refresh_token\":" + OddJson.PLACE + "}")
                .forEach(odd -> assertThat(merged(NEW, odd)).startsWith("{\"access_token\":\"new\""));
    }

    /** Keycloak casts it, and would answer with an error for ever. */
    @Test
    void endIsNotSaidWhereKeycloakCouldNotReadIt() {
        long far = Integer.MAX_VALUE + 1L;

        assertThat(StoredTokens.of("a1", OptionalLong.of(far)).end()).isEmpty();
        assertThat(StoredTokens.of("a1", OptionalLong.of(far - 1)).end()).hasValue(far - 1);
        assertThat(answered("{\"access_token\":\"a1\",\"expires_in\":" + far + "}", 5)
                        .end())
                .isEmpty();
        assertThat(answered("{\"access_token\":\"a1\",\"expires_in\":" + Long.MAX_VALUE + "}", 5)
                        .end())
                .isEmpty();
        assertThat(answered("{\"access_token\":\"a1\",\"expires_in\":60}", 5).end())
                .hasValue(65);
    }

    private static StoredTokens answered(String json, long now) {
        return StoredTokens.of(new StoredTokens(json).json(), List.of(), name -> null, now);
    }

    @Test
    void arePrintedNowhere() {
        assertThat(StoredTokens.of("secret", OptionalLong.empty())).asString().doesNotContain("secret");
    }

    private static String merged(String now, String before, String... kept) {
        return new StoredTokens(now)
                .after(new StoredTokens(before), List.of(kept))
                .text();
    }
}
