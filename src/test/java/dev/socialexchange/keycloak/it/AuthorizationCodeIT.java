package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.Request;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes are redeemed with our secret, once, with the front end's own redirect URI and verifier. */
class AuthorizationCodeIT {
    private static final String REDIRECT = "https://shop.example/callback?a=1&b=ü";
    /** RFC 7636 appendix B. */
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final String OTHER_VERIFIER = VERIFIER.replace('d', 'e');

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void redeemsCodeWithVerifierOnce(String like) {
        Person person = Suite.newPerson();
        String code = code(like, person, CHALLENGE);

        Answer answer = redeem(like, code, VERIFIER);

        assertTokens(answer);
        assertThat(answer.claims().path("email").asText()).isEqualTo(person.email());
        assertThat(Suite.linked(like, person.id())).hasSize(1);
        List<Request> requests = ProviderEndpoint.token(like).requests(Suite.providers(), code);
        assertThat(requests).hasSize(1);
        assertThat(requests.get(0).form())
                .containsEntry("redirect_uri", REDIRECT)
                .containsEntry("code_verifier", VERIFIER)
                .containsEntry("grant_type", "authorization_code");
        assertRefused(redeem(like, code, VERIFIER), 400, "invalid_request", "token_invalid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "facebook", "partner", "legacy", "custom"})
    void redeemsCodeWithoutVerifierWhereItIsNotKnownWhetherTheAppUsesPkce(String like) {
        assertTokens(redeem(like, code(like, Suite.newPerson(), null), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "acme"})
    void refusesCodeWithoutVerifierWherePkceIsTheRule(String like) {
        Person person = Suite.newPerson();
        String code = code(like, person, null);

        assertRefused(redeem(like, code, null), 400, "invalid_request", "parameter_missing", like, person.id());
        assertThat(ProviderEndpoint.token(like).requests(Suite.providers(), code))
                .as("the code is not spent")
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "legacy"})
    void refusesWrongVerifier(String like) {
        Person person = Suite.newPerson();
        String code = code(like, person, CHALLENGE);

        refuses(like, person, redeem(like, code, OTHER_VERIFIER));
        refuses(like, person, redeem(like, code, VERIFIER)); // gone after one attempt
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "legacy"})
    void refusesRedirectUriThatTheCodeWasNotIssuedFor(String like) {
        Person person = Suite.newPerson();
        TokenRequest request = Exchanges.code(like, code(like, person, CHALLENGE), "https://shop.example/other")
                .param("code_verifier", VERIFIER);

        refuses(like, person, request.send());
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "legacy", "custom"})
    void refusesCodeOfAnotherApp(String like) {
        Person person = Suite.newPerson();
        String code = ProviderTokens.of(like).code(Provider.FOREIGN_CLIENT, person, REDIRECT, CHALLENGE);

        refuses(like, person, redeem(like, code, VERIFIER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void refusesCodeThatNobodyIssued(String like) {
        refuses(like, Suite.newPerson(), redeem(like, Suite.unique("code"), VERIFIER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"postmessage", ""})
    void googlesOwnSdksNeedNoVerifier(String redirectUri) {
        String code = Suite.providers().google().code(Google.CLIENT_ID, Suite.newPerson(), redirectUri, null);

        assertTokens(Exchanges.code("google", code, redirectUri).send());
    }

    @Test
    void refusesMalformedVerifierBeforeTheCodeIsSpent() {
        Person person = Suite.newPerson();
        String code = code("google", person, CHALLENGE);

        for (String verifier : List.of("short", VERIFIER + " ", VERIFIER + "&redirect_uri=x", "ü".repeat(50))) {
            assertRefused(redeem("google", code, verifier), 400, "invalid_request", "parameter_invalid");
        }
        assertTokens(redeem("google", code, VERIFIER));
    }

    @Test
    void nonceOfTheCodesIdTokenMustMatch() {
        for (String sent : new String[] {null, "other", "mine"}) {
            Google google = Suite.providers().google();
            Person person = Suite.newPerson();
            String code = google.code(Google.CLIENT_ID, person, REDIRECT, CHALLENGE, "mine");
            TokenRequest request = Exchanges.code("google", code, REDIRECT).param("code_verifier", VERIFIER);
            Answer answer =
                    sent == null ? request.send() : request.param("nonce", sent).send();

            if ("mine".equals(sent)) {
                assertTokens(answer);
            } else {
                String reason = sent == null ? "nonce_missing" : "nonce_mismatch";
                assertRefused(answer, 400, "invalid_request", reason, "google", person.id());
            }
        }
    }

    @Test
    void kindsThatTheAdminHasSwitchedOffAreRefused() {
        String alias = Suite.identityProvider("google", Map.of("exchangeTokenTypes", "id_token##access_token"));
        Person person = Suite.newPerson();

        Answer answer = redeem(alias, code("google", person, CHALLENGE), VERIFIER);

        assertRefused(answer, 400, "invalid_request", "token_type_unsupported", alias, person.id());
    }

    private static void refuses(String like, Person person, Answer answer) {
        assertRefused(answer, 400, "invalid_request", "token_invalid", like, person.id());
    }

    private static String code(String like, Person person, String challenge) {
        Provider provider = ProviderTokens.of(like);
        return provider.code(provider.clientId(), person, REDIRECT, challenge);
    }

    private static Answer redeem(String alias, String code, String verifier) {
        TokenRequest request = Exchanges.code(alias, code, REDIRECT);
        return verifier == null
                ? request.send()
                : request.param("code_verifier", verifier).send();
    }
}
