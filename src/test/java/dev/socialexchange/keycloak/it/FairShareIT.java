package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Elsewhere;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnProviders;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever comes to a provider that is well gets their turn, whatever others do meanwhile. */
@OlderKeycloakOnDemand
class FairShareIT {
    private static final int FLOOD = 48;
    private static final int BURST = 64;
    private static final int TIMES = 5;
    /** A second less than it is. */
    private static final Duration REMEMBERED = Duration.ofSeconds(4);

    private OwnProviders providers = new OwnProviders();

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void connectionsWithGarbageCloseAProviderForNobodyElse() {
        String honest = Suite.unique("honest-client");
        Suite.admin().createClient(Map.of("clientId", honest, "publicClient", true));
        String alias = providers.identityProvider("acme", Map.of("exchangeClients", Suite.SPA + "##" + honest));

        List<Integer> statuses = inAFlood(alias, () -> accessToken(alias, providers.newPerson())
                .as(honest)
                .send()
                .status());

        assertThat(statuses).containsOnly(200);
        assertThat(Exchanges.refusals(alias))
                .contains("token_invalid: not_active", "provider_unavailable: provider_busy_here");
    }

    @Test
    void norForTheSameClientAtAnotherAddress() throws IOException {
        String alias = providers.identityProvider("acme", Map.of());
        try (Elsewhere elsewhere = Elsewhere.at("127.0.0.2")) {
            List<Integer> statuses = inAFlood(
                    alias,
                    () -> elsewhere.status(
                            accessToken(alias, providers.newPerson()).as(Suite.SPA)));

            assertThat(statuses).containsOnly(200);
        }
    }

    private List<Integer> inAFlood(String alias, Supplier<Integer> exchange) {
        slow(Duration.ofMillis(300));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        List<CompletableFuture<Void>> flood = IntStream.range(0, FLOOD)
                .mapToObj(i -> garbage(alias, over, refused))
                .toList();

        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            statuses.add(exchange.get());
        }
        over.set(true);
        flood.forEach(CompletableFuture::join);
        assertThat(refused.get()).as("garbage that came meanwhile").isGreaterThan(FLOOD);
        return statuses;
    }

    private CompletableFuture<Void> garbage(String alias, AtomicBoolean over, AtomicInteger refused) {
        return Exchanges.request(alias, TokenType.ACCESS_TOKEN, Suite.unique("an-invented-token"))
                .sendAsync()
                .thenCompose(answer -> {
                    assertThat(answer.errorReason()).isIn("token_invalid", "provider_unavailable");
                    refused.incrementAndGet();
                    return over.get() ? CompletableFuture.completedFuture(null) : garbage(alias, over, refused);
                });
    }

    /** A gap of this machine's hits one burst, and a fault hits all of them. */
    @Test
    void aBurstAtAHealthyProviderIsServedToTheLast() {
        List<Answer> round = burst();
        for (int again = 0; again < 2 && !areServed(round); again++) {
            providers.close();
            providers = new OwnProviders();
            round = burst();
        }
        assumeHealthy(round);
        assertThat(round.stream().map(Answer::status)).containsOnly(200);
    }

    /** Up to three rounds, of which it answers the last: the first that not everybody is served in. */
    private List<Answer> burst() {
        String alias = providers.identityProvider("acme", Map.of());
        slow(Duration.ofMillis(100));
        List<Person> people =
                IntStream.range(0, BURST).mapToObj(i -> providers.newPerson()).toList();
        assertTokens(accessToken(alias, people.get(0)).as(Suite.SPA).send());
        List<Answer> answers = List.of();
        for (int round = 1; round <= 3 && areServed(answers); round++) { // in the first nearly all are new here, too
            answers = TokenRequest.sendAtOnce(people.stream().map(person -> accessToken(alias, person)
                    .as(Suite.SPA)
                    .requested(TokenType.ACCESS_TOKEN))); // costs this machine less than a session
        }
        return answers;
    }

    private static boolean areServed(List<Answer> answers) {
        return answers.stream().allMatch(answer -> answer.status() == 200);
    }

    /** Where this machine itself is so busy that they take a second, this is no provider of 100 ms. */
    private static void assumeHealthy(List<Answer> answers) {
        List<Duration> served = answers.stream()
                .filter(answer -> answer.status() == 200)
                .map(Answer::took)
                .sorted()
                .toList();
        if (!served.isEmpty() && served.size() < BURST) {
            assumeThat(served.get(served.size() / 2)).isLessThan(Duration.ofMillis(800));
        }
    }

    @Test
    void aTokenThatTheProviderHasJustRefusedCostsNoSecondCall() {
        boolean inTime = false;
        for (int time = 0; time < TIMES && !inTime; time++) {
            inTime = isRefusedTwiceInTime();
        }
        assumeThat(inTime).as("two exchanges within " + REMEMBERED).isTrue();
    }

    /** @return false if this machine took so long that the refusal may have been forgotten */
    private boolean isRefusedTwiceInTime() {
        String alias = providers.identityProvider("acme", Map.of());
        Person person = providers.newPerson();
        String foreign = providers.simulator().acme().accessToken("another-client", person);
        Instant begun = Instant.now();
        Answer first = Exchanges.accessToken(alias, foreign);
        int asked = calls(foreign);
        Answer second = Exchanges.accessToken(alias, foreign);
        boolean inTime = Duration.between(begun, Instant.now()).compareTo(REMEMBERED) < 0;

        for (Answer answer : List.of(first, second)) {
            assertRefused(answer, 400, "invalid_request", "token_for_another_app", alias, person.id());
        }
        assertThat(asked).isEqualTo(2);
        if (inTime) {
            assertThat(calls(foreign)).as("calls with it").isEqualTo(2);
        }
        assertThat(Exchanges.refusals(alias)).containsExactly("token_for_another_app", "token_for_another_app");
        return inTime;
    }

    @Test
    void whatIsTooShortToBeATokenIsSentNowhere() {
        String alias = providers.identityProvider("acme", Map.of());

        for (String made : List.of("x", "made-up")) {
            assertRefused(Exchanges.accessToken(alias, made), 400, "invalid_request", "token_invalid");
        }
        assertThat(Exchanges.refusals(alias)).containsOnly("token_invalid: shorter_than_any_token");
        assertThat(providers.requests("acme.example", null)).isEmpty();
    }

    @Test
    void whoChangesTheSettingsIsNotToldWhatWasSoBefore() {
        String alias = providers.identityProvider("acme", Map.of());
        String token = providers.simulator().acme().accessToken("another-client", providers.newPerson());
        assertRefused(Exchanges.accessToken(alias, token), 400, "invalid_request", "token_for_another_app");

        Suite.admin().configureIdentityProvider(alias, Map.of("exchangeAudience", "another-client"));

        assertTokens(Exchanges.accessToken(alias, token));
    }

    @Test
    void anOutageIsNotRemembered() {
        String alias = providers.identityProvider("acme", Map.of());
        String token = providers.simulator().acme().accessToken(Oidc.CLIENT_ID, providers.newPerson());
        ProviderEndpoint.binding("acme").fault(providers.simulator(), Fault.status(502));
        assertRefused(Exchanges.accessToken(alias, token), 503, "temporarily_unavailable", "provider_unavailable");

        providers.simulator().clearFaults();

        assertTokens(Exchanges.accessToken(alias, token));
        assertTokens(Exchanges.accessToken(alias, token));
    }

    private void slow(Duration latency) {
        ProviderEndpoint.binding("acme").fault(providers.simulator(), Fault.latency(latency));
        ProviderEndpoint.profile("acme").fault(providers.simulator(), Fault.latency(latency));
    }

    private TokenRequest accessToken(String alias, Person person) {
        return Suite.tokens()
                .exchange(alias)
                .type(TokenType.ACCESS_TOKEN)
                .subjectToken(providers.simulator().acme().accessToken(Oidc.CLIENT_ID, person))
                .scope("openid");
    }

    private int calls(String token) {
        return ProviderEndpoint.binding("acme")
                        .requests(providers.simulator(), token)
                        .size()
                + ProviderEndpoint.profile("acme")
                        .requests(providers.simulator(), token)
                        .size();
    }
}
