package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnProviders;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A provider in trouble is never a bad token, never an error of ours, and never holds up an exchange beyond its deadline. */
@OlderKeycloakOnDemand
class ProviderOutageIT {
    private static final Duration TIMEOUT = Duration.ofMillis(1500);

    /** Of a slow machine: less than an answer that comes late takes, and less than the deadline that nobody has set. */
    private static final Duration GRACE = Duration.ofMillis(2500);

    private static final String EVIL = "evil.example";

    private final OwnProviders providers = new OwnProviders();

    @AfterEach
    void stop() {
        providers.close();
    }

    @ParameterizedTest
    @CsvSource({
        "google, binding", "google, profile", "facebook, binding", "facebook, profile", "github, binding",
        "github, profile", "acme, binding", "acme, profile", "partner, profile", "legacy, binding",
        "legacy, profile", "custom, binding", "custom, profile"
    })
    void answersThatMeanNothingAreTheProvidersTrouble(String like, String which) {
        String alias = provider(like);
        ProviderEndpoint endpoint =
                which.equals("binding") ? ProviderEndpoint.binding(like) : ProviderEndpoint.profile(like);
        Person person = providers.newPerson();

        nonsense().forEach((name, fault) -> {
            String token = providers.of(like).accessToken(providers.of(like).clientId(), person);
            endpoint.fault(providers.simulator(), fault.forToken(token));

            Answer answer = Exchanges.accessToken(alias, token);

            assertThat(answer.errorReason()).as(name + ": " + answer.body()).isEqualTo("provider_unavailable");
            assertUnavailable(answer, alias, person);
        });
        assertThat(providers.requests(EVIL, null))
                .as("redirects that were followed")
                .isEmpty();
        assertTokens(Exchanges.accessToken(
                alias, providers.of(like).accessToken(providers.of(like).clientId(), person)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void slowAnswersEndAtTheDeadline(String like) {
        String alias = impatient(like);
        Provider provider = providers.of(like);
        List<ProviderEndpoint> endpoints = new ArrayList<>(List.of(ProviderEndpoint.profile(like)));
        if (!like.equals("partner")) {
            endpoints.add(ProviderEndpoint.binding(like));
        }
        String good = provider.accessToken(provider.clientId(), providers.newPerson());
        assertTokens(Exchanges.accessToken(provider(like), good));
        Map<String, Person> people = new LinkedHashMap<>();
        List<CompletableFuture<Answer>> answers = new ArrayList<>();
        for (ProviderEndpoint endpoint : endpoints) {
            for (Fault fault :
                    List.of(Fault.hang(), Fault.drip(Duration.ofMillis(100)), Fault.latency(TIMEOUT.multipliedBy(3)))) {
                Person person = providers.newPerson();
                String token = provider.accessToken(provider.clientId(), person);
                people.put(token, person);
                endpoint.fault(providers.simulator(), fault.forToken(token));
                answers.add(
                        Exchanges.request(alias, TokenType.ACCESS_TOKEN, token).sendAsync());
            }
        }

        assertThat(answers.stream().map(CompletableFuture::join).toList()).allSatisfy(answer -> {
            assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable");
            assertThat(answer.took()).isBetween(TIMEOUT.minusMillis(50), TIMEOUT.plus(GRACE));
        });
        people.forEach((token, person) -> {
            assertThat(Suite.linked(alias, person.id())).isEmpty();
            endpoints.forEach(endpoint -> assertThat(endpoint.requests(providers.simulator(), token))
                    .as("asked once")
                    .hasSizeLessThanOrEqualTo(1));
        });
    }

    @Test
    void keysThatDoNotComeEndAtTheDeadline() {
        String alias = impatient("acme");
        Person person = providers.newPerson();
        providers.simulator().fault("acme.example", "/jwks", Fault.hang());

        Answer answer = Exchanges.idToken(alias, providers.openId("acme").idToken(Oidc.CLIENT_ID, person));

        assertUnavailable(answer, alias, person);
        assertThat(answer.took()).isBetween(TIMEOUT.minusMillis(50), TIMEOUT.plus(GRACE));
        assertThat(providers.requests("acme.example", "/jwks")).as("asked once").hasSizeLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void codeEndpointInTroubleIsNoBadCode(String like) {
        String alias = provider(like);
        Person person = providers.newPerson();
        nonsense().forEach((name, fault) -> {
            String code = code(like, person);
            ProviderEndpoint.token(like).fault(providers.simulator(), fault.forToken(code));

            Answer answer = redeem(alias, code);

            assertThat(answer.errorReason()).as(name + ": " + answer.body()).isEqualTo("provider_unavailable");
            assertUnavailable(answer, alias, person);
            assertThat(ProviderEndpoint.token(like).requests(providers.simulator(), code))
                    .as("a code is sent once")
                    .hasSize(1);
        });
        String slow = code(like, person);
        ProviderEndpoint.token(like).fault(providers.simulator(), Fault.hang().forToken(slow));
        String impatient = impatient(like);
        Answer late = redeem(impatient, slow);
        assertUnavailable(late, impatient, person);
        assertThat(late.took()).isLessThan(TIMEOUT.plus(GRACE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "github | profile | 403 | x-ratelimit-remaining | 0 | {}",
                "github | binding | 403 | retry-after | 60 | {\"message\":\"You have exceeded a secondary rate limit\"}",
                "facebook | binding | 400 | x-app-usage | {} | {\"error\":{\"code\":4,\"message\":\"limit\"}}",
                "facebook | profile | 400 | x-app-usage | {} | {\"error\":{\"code\":613,\"message\":\"limit\"}}",
                "google | binding | 403 | x | x | {\"error\":\"rateLimitExceeded\"}",
                "acme | profile | 403 | retry-after | 7 | {}",
                "legacy | profile | 403 | retry-after | 7 | {}",
                "custom | binding | 403 | x | x | {}"
            })
    void rateLimitInTheGuiseOfRefusalIsNoBadToken(
            String like, String which, int status, String header, String value, String body) {
        String alias = provider(like);
        Person person = providers.newPerson();
        String token = providers.of(like).accessToken(providers.of(like).clientId(), person);
        ProviderEndpoint endpoint =
                which.equals("binding") ? ProviderEndpoint.binding(like) : ProviderEndpoint.profile(like);
        endpoint.fault(
                providers.simulator(),
                Fault.json(status, body, Map.of(header, value)).forToken(token));

        Answer answer = Exchanges.accessToken(alias, token);

        assertUnavailable(answer, alias, person);
        if (header.equals("retry-after")) {
            assertThat(answer.header("Retry-After")).contains(value);
        }
    }

    @Test
    void passesOnWhenTheProviderWantsToBeAskedAgain() {
        String alias = provider("google");
        Map.of("42", "42", "999999", "3600", "soon", "5", "-1", "5", "0", "1").forEach((said, passed) -> {
            String token =
                    providers.of("google").accessToken(providers.of("google").clientId(), providers.newPerson());
            ProviderEndpoint.binding("google")
                    .fault(
                            providers.simulator(),
                            Fault.json(429, "{}", Map.of("Retry-After", said)).forToken(token));

            assertThat(Exchanges.accessToken(alias, token).header("Retry-After"))
                    .contains(passed);
        });
    }

    @Test
    void providerThatIsGoneIsUnavailable() {
        String alias = provider("acme");
        Person person = providers.newPerson();
        String token = providers.of("acme").accessToken(providers.of("acme").clientId(), person);
        providers.close();

        assertUnavailable(Exchanges.accessToken(alias, token), alias, person);
    }

    private static Map<String, Fault> nonsense() {
        Map<String, Fault> faults = new LinkedHashMap<>();
        faults.put("500", Fault.status(500));
        faults.put("503", Fault.status(503));
        faults.put("429", Fault.json(429, "{\"error\":\"invalid_grant\"}", Map.of("Retry-After", "9")));
        faults.put("redirect", Fault.redirect("/" + EVIL + "/collect"));
        faults.put("no JSON", Fault.body("<html>sorry</html>"));
        faults.put("empty", Fault.body(""));
        faults.put("text", Fault.body("\"ok\""));
        faults.put("two documents", Fault.body("{} {}"));
        faults.put("nothing in it", Fault.body("{}"));
        faults.put("list", Fault.body("[]"));
        faults.put("huge", Fault.hugeBody());
        faults.put("deep", Fault.body("{\"a\":".repeat(5000) + "1" + "}".repeat(5000)));
        faults.put("cut", Fault.cut());
        faults.put("cut midway", Fault.cutMidway());
        return faults;
    }

    private String provider(String like) {
        return providers.identityProvider(like, Map.of("pkceEnabled", "false"));
    }

    private String impatient(String like) {
        return providers.identityProvider(
                like, Map.of("exchangeTimeout", String.valueOf(TIMEOUT.toMillis()), "pkceEnabled", "false"));
    }

    private String code(String like, Person person) {
        return providers.of(like).code(providers.of(like).clientId(), person, "postmessage", null);
    }

    private static Answer redeem(String alias, String code) {
        return Exchanges.code(alias, code, "postmessage").send();
    }

    private static void assertUnavailable(Answer answer, String alias, Person person) {
        assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable", alias, person.id());
        assertThat(answer.header("Retry-After").orElse("")).matches("[1-9]\\d{0,3}");
    }
}
