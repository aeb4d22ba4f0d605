package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.HIDDEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.TOKEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.code;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mappers of some types read the access token that comes with a code: as the same login by browser has it. */
class AccessTokenOfACodeTest {
    private static final Map<String, String> NO_USER_INFO = Map.of("userInfoUrl", "");

    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak();

    @BeforeEach
    void openUserInfo() {
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"ada\"}");
    }

    @Test
    void claimsAreThereWhereTheAdminHasSaidThatItIsAJwt() {
        answering(SIGNER, claims -> claims.put("roles", "admin"));

        for (Map<String, String> settings : List.of(Map.<String, String>of(), NO_USER_INFO)) {
            assertThat(claims(reading(settings)).path("roles").asText()).isEqualTo("admin");
        }
    }

    /** Whoever it is for: it came to us. */
    @Test
    void audienceAndClientDoNotMatter() {
        answering(SIGNER, claims -> {
            claims.put("aud", "https://api.example");
            claims.put("azp", "another-app");
        });

        assertThat(claims(reading(Map.of())).path("azp").asText()).isEqualTo("another-app");
    }

    @Test
    void claimsAreNotReadWhereNobodyWantsThem() {
        answering(HIDDEN, claims -> {});

        assertThat(claims(OpenIdFixture.provider(Map.of()))).isNull();
    }

    @Test
    void channelHasToDoWithoutKeys() {
        answering(HIDDEN, claims -> claims.put("roles", "admin"));
        Map<String, String> noKeys = Map.of("jwksUrl", "");

        assertThat(claims(reading(noKeys)).path("roles").asText()).isEqualTo("admin");
    }

    @Test
    void refusesWhatTheBrowserLoginRefuses() {
        answering(HIDDEN, claims -> {});
        refused(ExchangeError.TOKEN_INVALID, "key_unknown");

        answering(SIGNER, claims -> claims.put("iss", "https://other.example"));
        refused(ExchangeError.ISSUER_MISMATCH, null);

        answering(SIGNER, claims -> claims.put("exp", 1_700_000_000));
        refused(ExchangeError.TOKEN_EXPIRED, null);

        keycloak.answering(
                TOKEN,
                200,
                OpenIdFixture.tokens(SIGNER.sign("ada", "our-app", claims -> {}), "an-opaque-access-token"));
        refused(ExchangeError.TOKEN_INVALID, "access_token_not_a_jwt");
    }

    private void answering(Issuer issuer, Consumer<Map<String, Object>> changes) {
        keycloak.answering(
                TOKEN,
                200,
                OpenIdFixture.tokens(
                        SIGNER.sign("ada", "our-app", claims -> {}), issuer.sign("ada", "account", changes)));
    }

    private static OfflineProvider reading(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("isAccessTokenJWT", "true"));
        all.putAll(settings);
        return OpenIdFixture.provider(all);
    }

    private JsonNode claims(OfflineProvider provider) {
        Evidence evidence = prove(keycloak, provider, code("c")).evidence();
        return evidence instanceof Evidence.IdTokenClaims tokens
                ? tokens.accessTokenClaims()
                : ((Evidence.Profile) evidence).accessTokenClaims();
    }

    private void refused(ExchangeError error, String detail) {
        assertRefused(keycloak, reading(Map.of()), code("c"), error, detail);
    }
}
