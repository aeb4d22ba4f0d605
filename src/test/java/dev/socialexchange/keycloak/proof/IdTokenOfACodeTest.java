package dev.socialexchange.keycloak.proof;

import static dev.socialexchange.keycloak.proof.OpenIdFixture.HIDDEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.SIGNER;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.TOKEN;
import static dev.socialexchange.keycloak.proof.OpenIdFixture.USER_INFO;
import static dev.socialexchange.keycloak.proof.Proofs.assertRefused;
import static dev.socialexchange.keycloak.proof.Proofs.code;
import static dev.socialexchange.keycloak.proof.Proofs.idToken;
import static dev.socialexchange.keycloak.proof.Proofs.prove;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What came in answer to our own client, in the field id_token, is an id token by its place. */
class IdTokenOfACodeTest {
    private static final Map<String, String> NO_USER_INFO = Map.of("userInfoUrl", "");

    private final OfflineKeycloak keycloak = OpenIdFixture.keycloak();

    /** ADFS with {@code allatclaims}. */
    @Test
    void scopesInItAreNoHarm() {
        Consumer<Map<String, Object>> scopes = claims -> {
            claims.put("scp", "openid allatclaims");
            claims.put("appid", "our-app");
        };
        answering(SIGNER.sign("ada", "our-app", scopes));

        accepted(NO_USER_INFO);
        refusedWherePosted(SIGNER.sign("ada", "our-app", scopes), ExchangeError.TOKEN_KIND_MISMATCH);
    }

    /** Zitadel names all clients of a project. */
    @Test
    void furtherClientsInTheAudienceAreNoHarm() {
        Consumer<Map<String, Object>> others = claims -> {
            claims.put("aud", List.of("our-app", "project-1"));
            claims.put("azp", "our-app");
        };
        answering(SIGNER.sign("ada", "our-app", others));

        accepted(NO_USER_INFO);
        refusedWherePosted(SIGNER.sign("ada", "our-app", others), ExchangeError.TOKEN_FOR_ANOTHER_APP);
    }

    @Test
    void audienceWithoutUsIsAnotherApps() {
        answering(SIGNER.sign("ada", "project-1", claims -> {}));
        refused(NO_USER_INFO, ExchangeError.TOKEN_FOR_ANOTHER_APP, null);

        answering(SIGNER.sign("ada", "our-app", claims -> {
            claims.put("aud", List.of("our-app", "project-1"));
            claims.put("azp", "project-1");
        }));
        refused(NO_USER_INFO, ExchangeError.TOKEN_FOR_ANOTHER_APP, "foreign_audience_beside_ours");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HS256", "none"})
    void formOfSignatureThatIsNotTakenDoesNotMatterWhereAProfileOpens(String algorithm) {
        String token = SIGNER.sign("ada", "our-app", claims -> {}, header -> header.put("alg", algorithm));
        answering(token);
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"ada\"}");

        Proof proof = accepted(Map.of());

        assertThat(((Evidence.Profile) proof.evidence()).idTokenClaims())
                .as("nothing of it is believed")
                .isNull();
        refused(NO_USER_INFO, ExchangeError.TOKEN_INVALID, "algorithm_not_allowed");
        refusedWherePosted(token, ExchangeError.TOKEN_INVALID);
    }

    @Test
    void encryptedIdTokenDoesNotMatterWhereAProfileOpens() {
        answering("eyJhbGciOiJSU0EtT0FFUCJ9.a.b.c.d");
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"ada\"}");

        accepted(Map.of());
        refused(NO_USER_INFO, ExchangeError.TOKEN_INVALID, "not_a_jws");
    }

    /** Nobody could compare it. */
    @Test
    void nonceKeepsAnIdTokenIndispensable() {
        answering(SIGNER.sign("ada", "our-app", claims -> {}, header -> header.put("alg", "HS256")));
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"ada\"}");

        refused(Map.of("exchangeNonce", "required"), ExchangeError.TOKEN_INVALID, "algorithm_not_allowed");
    }

    @Test
    void nonceThatIsRequiredIsMissingWhereNoIdTokenCame() {
        keycloak.answering(TOKEN, 200, "{\"access_token\":\"at\"}");
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"ada\"}");

        accepted(Map.of());
        refused(Map.of("exchangeNonce", "required"), ExchangeError.NONCE_MISSING, null);
    }

    @Test
    void signatureThatIsWrongIsWrong() {
        answering(HIDDEN.sign("ada", "our-app", claims -> {}));
        keycloak.answering(USER_INFO, 200, "{\"sub\":\"ada\"}");
        refused(Map.of(), ExchangeError.TOKEN_INVALID, "key_unknown");

        String good = SIGNER.sign("ada", "our-app", claims -> {});
        answering(good.substring(0, good.lastIndexOf('.') + 1) + "AAAA");
        refused(Map.of(), ExchangeError.TOKEN_INVALID, "signature_invalid");
    }

    @Test
    void numberAsSubjectIsATextWithDigits() {
        String token = SIGNER.sign("", "our-app", claims -> claims.put("sub", 9007199254740993L));
        answering(token);

        Proof proof = accepted(NO_USER_INFO, "9007199254740993");

        keycloak.answering(USER_INFO, 200, "{\"sub\":9007199254740993}");
        assertThat(accepted(Map.of(), "9007199254740993")).isNotNull();
        assertThat(OpenIdFixture.provider(Map.of())
                        .subject(prove(keycloak, OpenIdFixture.provider(Map.of()), idToken(token))
                                .evidence()))
                .isEqualTo(OpenIdFixture.provider(Map.of()).subject(proof.evidence()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "true", "[1]", "{\"a\":1}", "null", "\" \""})
    void subjectThatIsNeitherTextNorWholeNumberIsNone(String subject) throws Exception {
        Object value = new ObjectMapper().readValue(subject, Object.class);
        String token = SIGNER.sign("", "our-app", claims -> claims.put("sub", value));

        assertRefused(
                keycloak, OpenIdFixture.provider(Map.of()), idToken(token), ExchangeError.TOKEN_INVALID, "sub_missing");
    }

    private void answering(String idToken) {
        keycloak.answering(TOKEN, 200, OpenIdFixture.tokens(idToken, "at"));
    }

    private Proof accepted(Map<String, String> settings) {
        return accepted(settings, "ada");
    }

    private Proof accepted(Map<String, String> settings, String subject) {
        OfflineProvider provider = OpenIdFixture.provider(settings);
        Proof proof = prove(keycloak, provider, code("c"));
        assertThat(provider.subject(proof.evidence())).contains(subject);
        return proof;
    }

    private void refused(Map<String, String> settings, ExchangeError error, String detail) {
        assertRefused(keycloak, OpenIdFixture.provider(settings), code("c"), error, detail);
    }

    private void refusedWherePosted(String token, ExchangeError error) {
        assertRefused(
                keycloak,
                OpenIdFixture.provider(Map.of()),
                idToken(token),
                error,
                switch (error) {
                    case TOKEN_FOR_ANOTHER_APP -> "foreign_audience_beside_ours";
                    case TOKEN_INVALID -> "algorithm_not_allowed";
                    default -> null;
                });
    }
}
