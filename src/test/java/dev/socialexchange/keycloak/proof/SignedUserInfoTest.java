package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.HIDDEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.TOKEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.code;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** User info as {@code application/jwt} (keycloak/keycloak#22581; FranceConnect, BankID Norway). */
class SignedUserInfoTest {
    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak();
    private final OfflineProvider provider = OpenIdFixture.provider(Map.of());

    @BeforeEach
    void redeemCodes() {
        keycloak.answering(TOKEN, 200, OpenIdFixture.tokens(SIGNER.sign("ada", "our-app", claims -> {}), "at"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/jwt", "application/jwt;charset=utf-8", "Application/JWT; charset=UTF-8"})
    void isTheProfile(String type) {
        userInfo(type, SIGNER.sign("ada", "our-app", claims -> claims.put("email", "ada@example.org")));

        Proof proof = prove(keycloak, provider, code("c"));

        assertThat(provider.subject(proof.evidence())).contains("ada");
        assertThat(proof.evidence().document().path("email").asText()).isEqualTo("ada@example.org");
    }

    @Test
    void needsNeitherIssuerNorAudienceNorTimes() {
        userInfo("application/jwt", SIGNER.sign(Map.of("sub", "ada"), header -> {}));
        assertThat(prove(keycloak, provider, code("c"))).isNotNull();

        userInfo("application/jwt", SIGNER.sign("ada", "", claims -> claims.put("aud", List.of("x", "our-app"))));
        assertThat(prove(keycloak, provider, code("c"))).isNotNull();
    }

    @Test
    void isRefusedFromAnotherIssuer() {
        userInfo("application/jwt", SIGNER.sign("ada", "our-app", claims -> claims.put("iss", "https://x.example")));
        refused(ExchangeError.ISSUER_MISMATCH, null);

        userInfo("application/jwt", SIGNER.sign("ada", "our-app", claims -> claims.put("iss", 1)));
        refused(ExchangeError.ISSUER_MISMATCH, null);
    }

    @Test
    void isRefusedForAnotherApp() {
        userInfo("application/jwt", SIGNER.sign("ada", "another-app", claims -> {}));

        refused(ExchangeError.TOKEN_FOR_ANOTHER_APP, null);
    }

    @Test
    void isRefusedWithoutTheProvidersSignature() {
        userInfo("application/jwt", HIDDEN.sign("ada", "our-app", claims -> {}));
        refused(ExchangeError.TOKEN_INVALID, "key_unknown");

        userInfo("application/jwt", SIGNER.sign("ada", "our-app", claims -> {}, header -> header.put("alg", "none")));
        refused(ExchangeError.TOKEN_INVALID, "algorithm_not_allowed");
    }

    @Test
    void isRefusedAboutSomebodyElse() {
        userInfo("application/jwt", SIGNER.sign("eve", "our-app", claims -> {}));

        refused(ExchangeError.TOKEN_INVALID, "subject_mismatch");
    }

    @Test
    void isRefusedWhenItHasExpired() {
        userInfo("application/jwt", SIGNER.sign("ada", "our-app", claims -> claims.put("exp", 1_700_000_000)));

        refused(ExchangeError.TOKEN_EXPIRED, null);
    }

    @Test
    void cannotBeReadWhenItIsEncryptedOrNoKeysAreEntered() {
        userInfo("application/jwt", "eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d");
        refused(ExchangeError.PROVIDER_UNAVAILABLE, "profile_unverifiable");

        keycloak.answering(TOKEN, 200, "{\"access_token\":\"at\"}");
        userInfo("application/jwt", SIGNER.sign("ada", "our-app", claims -> {}));
        assertRefused(
                keycloak,
                OpenIdFixture.provider(Map.of("jwksUrl", "")),
                code("c"),
                ExchangeError.PROVIDER_UNAVAILABLE,
                "profile_unverifiable");
    }

    private void userInfo(String type, String jwt) {
        keycloak.answering(USER_INFO, call -> OfflineKeycloak.answer(200, type, jwt));
    }

    private void refused(ExchangeError error, String detail) {
        assertRefused(keycloak, provider, code("c"), error, detail);
    }
}
