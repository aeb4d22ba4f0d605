package dev.socialexchange.keycloak.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.proof.Proof;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.StoredTokens;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A code that comes together with an id token is redeemed in the same exchange, and both are one person's. */
class CompanionCodeTest {
    private static final String BUNDLE = "com.example.companion";
    private static final String OTHER_BUNDLE = "com.example.companion.other";
    private static final DataProvider APPLE = DescribedProviders.simulated("apple");
    private static final Map<String, String> NATIVE =
            Map.of("bundleId", BUNDLE, "exchangeAudience", BUNDLE + "##" + OTHER_BUNDLE);

    private final Person person = Loopback.newPerson();

    @BeforeAll
    static void registerApps() {
        APPLE.register(BUNDLE, "any");
        APPLE.register(OTHER_BUNDLE, "any");
    }

    @AfterEach
    void repair() {
        Loopback.providers().clearFaults();
    }

    /** The bundle id of the id token is the client, whatever the settings say of codes. */
    @ParameterizedTest
    @CsvSource({BUNDLE, OTHER_BUNDLE})
    void refreshTokenOfTheNativeAppsCodeIsStoredAsThatApps(String bundle) {
        Exchanged exchanged =
                apple(bundle, person, APPLE.code(bundle, person, null, null, "n1"), Map.of("nonce", "n1"), "n1");

        StoredTokens stored = stored(exchanged);
        assertThat(stored.token("refresh_token")).isPresent();
        assertThat(stored.issuedTo()).contains(bundle);
        assertThat(exchanged.identity().getId())
                .isEqualTo(APPLE.identity(person, true).get("id"));
        assertThat(exchanged.proof().method()).isEqualTo(Proof.Method.CODE);
    }

    @Test
    void codeOfTheWebsiteIsRedeemedAsTheWebsite() {
        Exchanged exchanged = apple(
                APPLE.clientId(),
                person,
                APPLE.code(APPLE.clientId(), person, "https://app.example/cb", null),
                Map.of("redirect_uri", "https://app.example/cb"),
                null);

        assertThat(stored(exchanged).token("refresh_token")).isPresent();
        assertThat(stored(exchanged).issuedTo()).isEmpty();
    }

    /** What comes with Google's {@code serverAuthCode}, which the SDKs ask for without PKCE. */
    @Test
    void googlesServerAuthCodeBringsItsRefreshToken() {
        Google google = Loopback.providers().google();
        ExchangeIdentityProvider provider = DescribedProviders.of("google");
        String code = google.code(Google.CLIENT_ID, person, null, null);

        Exchanged exchanged = Loopback.exchange(
                provider,
                Loopback.ID_TOKEN,
                google.idToken(Google.CLIENT_ID, person),
                Map.of("code", code, "redirect_uri", ""));

        assertThat(stored(exchanged).accessToken()).isPresent();
        assertThat(exchanged.identity().getId()).isEqualTo(person.id());
    }

    /** It would store another person's tokens with the first one's link, and take them back at its end. */
    @Test
    void refusesCodeOfAnotherPerson() {
        Person other = Loopback.newPerson();

        refused(
                apple(BUNDLE, person, APPLE.code(BUNDLE, other, null, null), Map.of(), null),
                ExchangeError.TOKEN_INVALID,
                "code_of_another_person");
        refused(
                Loopback.exchange(
                        DescribedProviders.of("google"),
                        Loopback.ID_TOKEN,
                        Loopback.providers().google().idToken(Google.CLIENT_ID, person),
                        Map.of(
                                "code",
                                Loopback.providers().google().code(Google.CLIENT_ID, other, null, null),
                                "redirect_uri",
                                "")),
                ExchangeError.TOKEN_INVALID,
                "code_of_another_person");
    }

    /** Another app of ours is another client: Apple does not redeem its code for this one. */
    @Test
    void refusesCodeOfAnotherClient() {
        refused(
                apple(BUNDLE, person, APPLE.code(OTHER_BUNDLE, person, null, null), Map.of(), null),
                ExchangeError.TOKEN_INVALID,
                "code_refused_by_provider");
    }

    @Test
    void refusesCodeThatWasUsedOrNeverIssued() {
        String code = APPLE.code(BUNDLE, person, null, null);
        assertThat(apple(BUNDLE, person, code, Map.of(), null).refusal()).isNull();

        for (String bad : new String[] {code, "c0de.0.never"}) {
            refused(
                    apple(BUNDLE, person, bad, Map.of(), null),
                    ExchangeError.TOKEN_INVALID,
                    "code_refused_by_provider");
        }
    }

    /** OpenID Connect Core §3.3.2.11. */
    @Test
    void refusesCodeThatAnotherIdTokenWasIssuedWith() {
        String code = APPLE.code(BUNDLE, person, null, null);
        String idToken = APPLE.idToken(BUNDLE, person, claims -> claims.put("c_hash", "77QmUPtjPfzWtF2AnpK9RQ"));

        refused(
                Loopback.exchange(provider(), Loopback.ID_TOKEN, idToken, Map.of("code", code)),
                ExchangeError.TOKEN_INVALID,
                "c_hash_mismatch");

        assertThat(Loopback.providers().requests("appleid.apple.com", "/auth/token"))
                .as("Apple is not asked")
                .noneMatch(request -> request.carries(code));
    }

    @Test
    void refusesCodeOfAnotherLoginOfTheSamePerson() {
        refused(
                apple(
                        BUNDLE,
                        person,
                        APPLE.code(BUNDLE, person, null, null, "of another"),
                        Map.of("nonce", "n1"),
                        "n1"),
                ExchangeError.TOKEN_INVALID,
                "nonce_of_another_login");
    }

    @Test
    void outageIsNoBadCode() {
        Loopback.providers().fault("appleid.apple.com", "/auth/token", Fault.status(503));

        assertThat(apple(BUNDLE, person, APPLE.code(BUNDLE, person, null, null), Map.of(), null)
                        .refusal()
                        .error())
                .isEqualTo(ExchangeError.PROVIDER_UNAVAILABLE);
    }

    /** The code may be used up then; what it came with is not. */
    @Test
    void idTokenIsStillGoodWithoutTheCodeThatMetAnOutage() {
        String idToken = APPLE.idToken(BUNDLE, person);
        ExchangeIdentityProvider provider = provider();
        Loopback.providers().fault("appleid.apple.com", "/auth/token", Fault.status(503));

        Exchanged first = Loopback.exchange(
                provider, Loopback.ID_TOKEN, idToken, Map.of("code", APPLE.code(BUNDLE, person, null, null)));
        Exchanged second = Loopback.exchange(provider, Loopback.ID_TOKEN, idToken, Map.of());
        Exchanged third = Loopback.exchange(provider, Loopback.ID_TOKEN, idToken, Map.of());

        assertThat(first.refusal().error()).isEqualTo(ExchangeError.PROVIDER_UNAVAILABLE);
        assertThat(second.refusal()).isNull();
        refused(third, ExchangeError.TOKEN_REPLAYED, null);
    }

    @Test
    void refusesCodesWhereTheAdminTakesIdTokensOnly() {
        Map<String, String> settings = new HashMap<>(NATIVE);
        settings.put("exchangeTokenTypes", "id_token");
        Exchanged exchanged = Loopback.exchange(
                DescribedProviders.of("apple", Loopback.unique("apple"), settings),
                Loopback.ID_TOKEN,
                APPLE.idToken(BUNDLE, person),
                Map.of("code", APPLE.code(BUNDLE, person, null, null)));

        refused(exchanged, ExchangeError.PARAMETER_INVALID, null);
    }

    @ParameterizedTest
    @CsvSource({
        "urn:ietf:params:oauth:token-type:id_token, code, ''",
        "urn:ietf:params:oauth:token-type:id_token, code, with space",
        "urn:ietf:params:oauth:token-type:access_token, code, c",
        "urn:keycloak:social-exchange:token-type:authorization_code, code, c",
        "urn:keycloak:social-exchange:token-type:signed_data, code, c",
        "urn:ietf:params:oauth:token-type:id_token, redirect_uri, https://app.example"
    })
    void refusesCodeInTheWrongPlace(String type, String parameter, String value) {
        refused(
                Loopback.exchange(provider(), type, "token", Map.of(parameter, value)),
                ExchangeError.PARAMETER_INVALID,
                null);
    }

    @Test
    void refusesCodeAndAccessTokenTogether() {
        refused(
                Loopback.exchange(provider(), Loopback.ID_TOKEN, "token", Map.of("code", "c", "access_token", "t")),
                ExchangeError.PARAMETER_INVALID,
                null);
    }

    /** PKCE is asked for as with a code alone. */
    @Test
    void refusesGooglesCodeWithoutVerifierThatIsNoneOfTheSdks() {
        Google google = Loopback.providers().google();
        refused(
                Loopback.exchange(
                        DescribedProviders.of("google"),
                        Loopback.ID_TOKEN,
                        google.idToken(Google.CLIENT_ID, person),
                        Map.of(
                                "code",
                                google.code(Google.CLIENT_ID, person, "https://app.example/cb", null),
                                "redirect_uri",
                                "https://app.example/cb")),
                ExchangeError.PARAMETER_MISSING,
                null);
    }

    private static Exchanged apple(
            String client, Person person, String code, Map<String, String> further, String nonce) {
        Map<String, String> parameters = new HashMap<>(further);
        parameters.put("code", code);
        String idToken = APPLE.idToken(client, person, claims -> {
            if (nonce != null) {
                claims.put("nonce", nonce);
            }
        });
        return Loopback.exchange(provider(), Loopback.ID_TOKEN, idToken, parameters);
    }

    private static ExchangeIdentityProvider provider() {
        return DescribedProviders.of("apple", Loopback.unique("apple"), NATIVE);
    }

    private static StoredTokens stored(Exchanged exchanged) {
        assertThat(exchanged.refusal()).isNull();
        return exchanged.proof().storedTokens().orElseThrow();
    }

    private static void refused(Exchanged exchanged, ExchangeError error, String detail) {
        assertThat(exchanged.refusal()).isNotNull();
        assertThat(exchanged.refusal().error()).as(exchanged.refusal().detail()).isEqualTo(error);
        assertThat(exchanged.refusal().detail()).isEqualTo(detail);
    }
}
