package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.INTROSPECTION;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.StoredTokens;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An id token that brings its access token along. */
class CompanionTokenTest {
    private static final String ACCESS_TOKEN = "jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y";
    /** Of OpenID Connect Core's own example (appendix A.3), for RS256. */
    private static final String AT_HASH = "77QmUPtjPfzWtF2AnpK9RQ";

    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak();
    private final OfflineProvider provider = OpenIdFixture.provider(Map.of());

    @BeforeEach
    void openUserInfo() {
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"ada\",\"email\":\"ada@example.org\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "RS256, 77QmUPtjPfzWtF2AnpK9RQ",
        "ES256, 77QmUPtjPfzWtF2AnpK9RQ",
        "PS384, jtAeDp945y1dDqU3nkIVGNZP1HjH_MFs",
        "EdDSA, q7nS86GgvvFaZkzALLWqJYaJIKw2wCDAVfCAsm5CrBM"
    })
    void hashIsTheOneOfTheSignature(String algorithm, String hash) {
        assertThat(AccessTokenHash.of(algorithm, ACCESS_TOKEN)).isEqualTo(hash);
    }

    @Test
    void profileOpensWithTheTokenWhoseHashTheIdTokenHas() {
        Proof proof = prove(keycloak, provider, submission(idToken(AT_HASH), ACCESS_TOKEN));

        Evidence.Profile profile = (Evidence.Profile) proof.evidence();
        assertThat(profile.document().path("email").asText()).isEqualTo("ada@example.org");
        assertThat(profile.idTokenClaims().path("sub").asText()).isEqualTo("ada");
        assertThat(proof.method()).isEqualTo(Proof.Method.JWKS);
        assertThat(proof.storedTokens().map(StoredTokens::text).orElseThrow()).contains(ACCESS_TOKEN);
        assertThat(keycloak.calls(INTROSPECTION)).as("the hash binds it").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "", "77QmUPtjPfzWtF2AnpK9Rq", "77QmUPtjPfzWtF2AnpK9RQ=="})
    void refusesTokenThatAnotherIdTokenWasIssuedWith(String hash) {
        refused(idToken(hash), ACCESS_TOKEN, ExchangeError.TOKEN_INVALID, "at_hash_mismatch");
        assertThat(keycloak.calls(USER_INFO)).isEmpty();
    }

    @Test
    void refusesHashThatIsNoText() {
        refused(
                SIGNER.sign("ada", "our-app", claims -> claims.put("at_hash", List.of(AT_HASH))),
                ACCESS_TOKEN,
                ExchangeError.TOKEN_INVALID,
                "at_hash_mismatch");
    }

    @Test
    void refusesProfileOfSomebodyElse() {
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"eve\"}");

        refused(idToken(AT_HASH), ACCESS_TOKEN, ExchangeError.TOKEN_INVALID, "subject_mismatch");
    }

    @Test
    void refusesTokenThatOpensNothing() {
        keycloak.answering(USER_INFO, 401, "");

        refused(idToken(AT_HASH), ACCESS_TOKEN, ExchangeError.TOKEN_INVALID, "refused_by_provider");
    }

    /** Then it is proven ours like any other access token. */
    @Test
    void tokenWithoutHashNeedsAProofOfItsOwn() {
        refused(idToken(null), "an-opaque-access-token", ExchangeError.BINDING_UNAVAILABLE, null);

        OfflineProvider introspecting = OpenIdFixture.provider(Map.of("tokenIntrospectionUrl", INTROSPECTION));
        introspected("our-app");
        assertThat(prove(keycloak, introspecting, submission(idToken(null), "an-opaque-access-token"))
                        .evidence()
                        .document()
                        .path("email")
                        .asText())
                .isEqualTo("ada@example.org");
        introspected("another-app");
        assertRefused(
                keycloak,
                introspecting,
                submission(idToken(null), "an-opaque-access-token"),
                ExchangeError.TOKEN_FOR_ANOTHER_APP,
                null);
    }

    @Test
    void jwtOfOursNeedsNoHash() {
        String jwt = accessToken("ada", claims -> {});

        assertThat(prove(keycloak, provider, submission(idToken(null), jwt)).evidence())
                .isInstanceOf(Evidence.Profile.class);
        refused(
                idToken(null),
                accessToken("ada", claims -> claims.put("client_id", "another-app")),
                ExchangeError.TOKEN_FOR_ANOTHER_APP,
                null);
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"eve\"}");
        refused(idToken(null), accessToken("eve", claims -> {}), ExchangeError.TOKEN_INVALID, "subject_mismatch");
    }

    /** Telegram, Microsoft without {@code profile}, Naver: who somebody is stands in the profile only. */
    @Test
    void idThatStandsInTheProfileOnlyNeedsTheHash() {
        Issuer entra = new Issuer("https://login.microsoftonline.com/t-1/v2.0", "entra");
        keycloak.knowing(entra).answering("https://graph.microsoft.com", 200, "{\"id\":\"graph-id\"}");
        OfflineProvider microsoft = OfflineProvider.ofType("microsoft", Map.of("clientId", "our-app"));
        String idToken = entra.sign("pairwise", "our-app", claims -> {
            claims.put("tid", "t-1");
            claims.put("at_hash", AT_HASH);
        });

        Proof proof = prove(keycloak, microsoft, submission(idToken, ACCESS_TOKEN));

        assertThat(microsoft.subject(proof.evidence())).contains("graph-id");
        String jwt = SIGNER.sign("x", "https://graph.microsoft.com", claims -> claims.put("appid", "our-app"));
        assertRefused(
                keycloak,
                microsoft,
                submission(entra.sign("pairwise", "our-app", claims -> claims.put("tid", "t-1")), jwt),
                ExchangeError.TOKEN_INVALID,
                "at_hash_missing");
    }

    @Test
    void claimsOfTheAccessTokenAreReadWhereTheTypesMappersWantThem() {
        OfflineProvider reading = OpenIdFixture.provider(Map.of("isAccessTokenJWT", "true", "userInfoUrl", ""));
        String jwt = accessToken("ada", claims -> claims.put("roles", "admin"));
        String idToken = idToken(AccessTokenHash.of("RS256", jwt));

        Evidence.IdTokenClaims evidence = (Evidence.IdTokenClaims)
                prove(keycloak, reading, submission(idToken, jwt)).evidence();

        assertThat(evidence.accessTokenClaims().path("roles").asText()).isEqualTo("admin");
        assertThat(evidence.document().path("sub").asText()).isEqualTo("ada");
    }

    @Test
    void isRefusedAtOnceWhereItIsOfNoUse() {
        for (OfflineProvider useless : new OfflineProvider[] {
            OfflineProvider.ofType("apple", Map.of("clientId", "our-app")),
            OpenIdFixture.provider(Map.of("userInfoUrl", ""))
        }) {
            assertThatThrownBy(() ->
                            new Prover(keycloak, useless).requireAccepted(submission(idToken(AT_HASH), ACCESS_TOKEN)))
                    .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                            .isEqualTo(ExchangeError.PARAMETER_INVALID));
        }
        new Prover(keycloak, provider).requireAccepted(submission(idToken(AT_HASH), ACCESS_TOKEN));
    }

    @Test
    void idTokenIsNotUsedUpByAnAccessTokenThatIsRefused() {
        String idToken = idToken(AT_HASH);
        refused(idToken, "another", ExchangeError.TOKEN_INVALID, "at_hash_mismatch");

        assertThat(prove(keycloak, provider, submission(idToken, ACCESS_TOKEN))).isNotNull();
        refused(idToken, ACCESS_TOKEN, ExchangeError.TOKEN_REPLAYED, null);
    }

    private void introspected(String client) {
        keycloak.answering(
                INTROSPECTION,
                200,
                "{\"active\":true,\"token_type\":\"Bearer\",\"sub\":\"ada\",\"client_id\":\"" + client + "\"}");
    }

    private static String idToken(String hash) {
        return SIGNER.sign("ada", "our-app", claims -> {
            if (hash != null) {
                claims.put("at_hash", hash);
            }
        });
    }

    private static String accessToken(String subject, Consumer<Map<String, Object>> changes) {
        return SIGNER.sign(
                subject,
                "https://api.example",
                claims -> {
                    claims.put("client_id", "our-app");
                    changes.accept(claims);
                },
                header -> header.put("typ", "at+jwt"));
    }

    private static Submission submission(String idToken, String accessToken) {
        return new Submission(TokenKind.ID_TOKEN, idToken, null, null, null, accessToken, null, Map.of());
    }

    private void refused(String idToken, String accessToken, ExchangeError error, String detail) {
        assertRefused(keycloak, provider, submission(idToken, accessToken), error, detail);
    }
}
