package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.Proofs.accessToken;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Access tokens that name their app themselves, and that only the provider's own API can verify. */
class DecodedTokenTest {
    private static final String PROFILE = "https://issuer.example/me";

    private final OfflineKeycloak keycloak = new OfflineKeycloak();

    @BeforeEach
    void openProfile() {
        keycloak.answering(PROFILE, 200, "{\"id\":\"1\",\"robot\":\"yes\"}");
    }

    @Test
    void countsWhereTheApiOpensWithIt() {
        Proof proof = prove(keycloak, provider(Map.of()), accessToken(token("our-app", "1")));

        assertThat(proof.method()).isEqualTo(Proof.Method.DECODED);
        assertThat(keycloak.calls(PROFILE)).hasSize(1);
    }

    @Test
    void isWorthNothingWhereItDoesNot() {
        keycloak.answering(PROFILE, 401, "{}");

        refused(Map.of(), token("our-app", "1"), ExchangeError.TOKEN_INVALID, "refused_by_provider");
    }

    @Test
    void ofAnotherAppIsRefused() {
        refused(Map.of(), token("another-app", "1"), ExchangeError.TOKEN_FOR_ANOTHER_APP, null);
    }

    @Test
    void ofSomebodyElseThanTheProfileIsRefused() {
        refused(Map.of(), token("our-app", "2"), ExchangeError.TOKEN_INVALID, "subject_mismatch");
    }

    @Test
    void forAnApiThatIsNotListedIsRefusedOnceSomeAre() {
        refused(
                Map.of("exchangeTokenAudience", "https://api.example"),
                token("our-app", "1"),
                ExchangeError.TOKEN_FOR_ANOTHER_AUDIENCE,
                "not_in_exchangeTokenAudience");
    }

    @Test
    void ofARobotIsRefused() {
        refused(
                Map.of("exchangeForbiddenClaims", "robot"),
                token("our-app", "1"),
                ExchangeError.TOKEN_KIND_MISMATCH,
                "claim_forbidden");
    }

    @Test
    void thatCannotBeReadNamesNoApp() {
        refused(Map.of(), "opaque-access-token", ExchangeError.BINDING_UNAVAILABLE, null);
        refused(
                Map.of(),
                SIGNER.sign("1", "https://graph.example", claims -> {}),
                ExchangeError.BINDING_UNAVAILABLE,
                null);
        assertThat(keycloak.calls(PROFILE)).isEmpty();
    }

    private void refused(Map<String, String> settings, String token, ExchangeError error, String detail) {
        assertRefused(keycloak, provider(settings), accessToken(token), error, detail);
    }

    private static String token(String app, String subject) {
        return SIGNER.sign(subject, "https://graph.example", claims -> claims.put("appid", app));
    }

    private static OfflineProvider provider(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of("clientId", "our-app", "clientSecret", "secret"));
        all.putAll(settings);
        return OfflineProvider.describedBy(
                """
                id: graph
                name: Graph
                oauth2: {authorizationUrl: "https://issuer.example/auth", tokenUrl: "https://issuer.example/token"}
                accessToken:
                  binding: {decoded: true, clientId: /appid, subject: /sub, expiresAt: /exp}
                  profile: {get: "%s", auth: bearer}
                authorizationCode: {auth: post, pkce: optional}
                identity: {id: /id}
                emailTrust: never
                """
                        .formatted(PROFILE),
                all);
    }
}
