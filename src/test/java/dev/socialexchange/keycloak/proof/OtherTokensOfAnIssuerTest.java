package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.idToken;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is no login of a person, though it has the right issuer, a good signature, and our client id as its audience. */
class OtherTokensOfAnIssuerTest {
    private static final Issuer GITLAB = new Issuer("https://gitlab.com", "gitlab-key");
    private static final Issuer GOOGLE = new Issuer("https://accounts.google.com", "google-key");
    private static final Issuer ENTRA = new Issuer("https://login.microsoftonline.com/t-1/v2.0", "entra-key");
    private static final Issuer CLUSTER = new Issuer("https://kubernetes.example", "cluster-key");
    private static final Map<String, String> OURS = Map.of("clientId", "our-app");

    private static final Map<String, String> CLUSTER_SETTINGS = Map.of(
            "clientId", "our-app",
            "issuer", "https://kubernetes.example",
            "jwksUrl", "https://kubernetes.example/openid/v1/jwks",
            "useJwksUrl", "true");

    private final OfflineKeycloak keycloak =
            new OfflineKeycloak().knowing(GITLAB).knowing(GOOGLE).knowing(ENTRA).knowing(CLUSTER);

    /** As GitLab's documentation of id tokens for CI/CD jobs prints it; the audience is what the job's author writes down. */
    private static void job(Map<String, Object> claims) {
        claims.put("sub", "project_path:mallory/project:ref_type:branch:ref:main");
        claims.putAll(Map.of(
                "namespace_id", "72",
                "namespace_path", "mallory",
                "project_id", "20",
                "project_path", "mallory/project",
                "user_id", "1",
                "user_login", "victim",
                "user_email", "victim@example.com",
                "pipeline_id", "574",
                "job_id", "302",
                "ref", "main"));
    }

    @Test
    void gitLabPersonIsLetIn() {
        OfflineProvider provider = OfflineProvider.ofType("gitlab", OURS);

        Proof proof = prove(keycloak, provider, idToken(GITLAB.sign("4711", "our-app", claims -> {})));

        assertThat(provider.subject(proof.evidence())).contains("4711");
    }

    @Test
    void gitLabJobIsNobody() {
        String token = GITLAB.sign("", "our-app", OtherTokensOfAnIssuerTest::job);

        refused("gitlab", token, "subject_of_another_kind");
    }

    /** The subject of a job is put together from claims that its project's owner chooses. */
    @Test
    void gitLabJobIsNobodyEvenWithTheIdOfAPerson() {
        String token = GITLAB.sign("", "our-app", claims -> {
            job(claims);
            claims.put("sub", "1");
        });

        refused("gitlab", token, "claim_forbidden");
    }

    @Test
    void gitLabsOwnServicesAreNobody() {
        refused("gitlab", GITLAB.sign("5f0b9c1e-instance", "our-app", claims -> {}), "subject_of_another_kind");
    }

    /** Whoever has a service account chooses the audience of its id tokens; {@code azp} is the account's own number. */
    @Test
    void googleServiceAccountIsStoppedByItsOwnNumber() {
        String token = GOOGLE.sign("104253951290834234", "our-app", claims -> {
            claims.put("azp", "104253951290834234");
            claims.put("email", "bot@project.iam.gserviceaccount.com");
            claims.put("email_verified", true);
        });

        assertRefused(
                keycloak,
                OfflineProvider.ofType("google", OURS),
                idToken(token),
                ExchangeError.TOKEN_FOR_ANOTHER_APP,
                "foreign_audience_beside_ours");
    }

    /** An app that has a role in ours, or is ours, gets tokens with our client id as audience, and no person in them. */
    @ParameterizedTest
    @CsvSource({"azpacr, 1", "appidacr, 2", "idtyp, app"})
    void entraAppIsNobody(String claim, String value) {
        Consumer<Map<String, Object>> app = claims -> {
            claims.put("tid", "t-1");
            claims.put("oid", "service-principal");
            claims.put("azp", "our-app");
            claims.put("roles", "Users.Import");
            claims.put(claim, value);
        };

        assertRefused(
                keycloak,
                OfflineProvider.ofType("microsoft", OURS),
                idToken(ENTRA.sign("service-principal", "our-app", app)),
                ExchangeError.TOKEN_KIND_MISMATCH,
                null);
    }

    /** Notifications about accounts: of RISC's form, and of Apple's, which has them as a text. */
    @Test
    void securityEventIsNobody() {
        for (Object events : List.of(
                Map.of("https://schemas.openid.net/secevent/risc/event-type/account-disabled", Map.of()),
                "{\"type\":\"account-delete\",\"sub\":\"1\"}")) {
            assertRefused(
                    keycloak,
                    OfflineProvider.ofType("google", OURS),
                    idToken(GOOGLE.sign("1", "our-app", claims -> claims.put("events", events))),
                    ExchangeError.TOKEN_KIND_MISMATCH,
                    null);
        }
    }

    @ParameterizedTest
    @CsvSource({"scope, openid", "scp, openid", "token_use, access", "gty, client-credentials"})
    void accessTokenIsToldByWhatOnlyItHas(String claim, String value) {
        assertRefused(
                keycloak,
                OfflineProvider.openId(CLUSTER_SETTINGS),
                idToken(CLUSTER.sign("1", "our-app", claims -> claims.put(claim, value))),
                ExchangeError.TOKEN_KIND_MISMATCH,
                null);
    }

    /** ADFS puts scopes into id tokens, too; a hash of what was issued beside it is in no access token. */
    @ParameterizedTest
    @ValueSource(strings = {"at_hash", "c_hash"})
    void idTokenWithScopesIsToldByWhatOnlyItHas(String hash) {
        OfflineProvider provider = OfflineProvider.openId(CLUSTER_SETTINGS);
        String token = CLUSTER.sign("1", "our-app", claims -> {
            claims.put("scp", "openid allatclaims");
            claims.put(hash, "77QmUPtjPfzWtF2AnpK9RQ");
        });

        assertThat(provider.subject(prove(keycloak, provider, idToken(token)).evidence()))
                .contains("1");
    }

    /** A cluster's issuer: every pod's author may name our client id as audience. The admin says what a person looks like. */
    @Test
    void adminSaysWhatAPersonLooksLike() {
        Consumer<Map<String, Object>> pod =
                claims -> claims.put("kubernetes.io", Map.of("namespace", "default", "pod", Map.of("name", "p")));
        String token = CLUSTER.sign("system:serviceaccount:default:mallory", "our-app", pod);

        assertThat(prove(keycloak, OfflineProvider.openId(CLUSTER_SETTINGS), idToken(token)))
                .as("what nobody has said anything about")
                .isNotNull();
        for (Map.Entry<String, String> rule : Map.of(
                        "exchangeSubjectPattern", "[^:]+",
                        "exchangeForbiddenClaims", "kubernetes.io",
                        "exchangeRequiredClaims", "email")
                .entrySet()) {
            Map<String, String> ruled = new HashMap<>(CLUSTER_SETTINGS);
            ruled.put(rule.getKey(), rule.getValue());
            assertRefused(
                    keycloak,
                    OfflineProvider.openId(ruled),
                    idToken(token),
                    ExchangeError.TOKEN_KIND_MISMATCH,
                    switch (rule.getKey()) {
                        case "exchangeSubjectPattern" -> "subject_of_another_kind";
                        case "exchangeForbiddenClaims" -> "claim_forbidden";
                        default -> "claim_missing";
                    });
        }
    }

    private void refused(String type, String token, String detail) {
        assertRefused(
                keycloak,
                OfflineProvider.ofType(type, OURS),
                idToken(token),
                ExchangeError.TOKEN_KIND_MISMATCH,
                detail);
    }
}
