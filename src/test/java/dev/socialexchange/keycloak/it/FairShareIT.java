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

    private final OwnProviders providers = new OwnProviders();

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

    @Test
    void aBurstAtAHealthyProviderIsServedToTheLast() {
        String alias = providers.identityProvider("acme", Map.of());
        slow(Duration.ofMillis(100));
        List<Person> people =
                IntStream.range(0, BURST).mapToObj(i -> providers.newPerson()).toList();
        assertTokens(accessToken(alias, people.get(0)).as(Suite.SPA).send());
        for (int round = 1; round <= 3; round++) { // in the first nearly all are new here, too
            List<CompletableFuture<Answer>> all = people.stream()
                    .map(person -> accessToken(alias, person)
                            .as(Suite.SPA)
                            .requested(TokenType.ACCESS_TOKEN) // costs this machine less than a session
                            .sendAsync())
                    .toList();

            List<Answer> answers = all.stream().map(CompletableFuture::join).toList();
            assumeHealthy(answers);
            assertThat(answers.stream().map(Answer::status))
                    .as("round " + round)
                    .containsOnly(200);
        }
    }

    /** Where this machine itself is so busy that they take a second, this is no provider of 100 ms. */
    private static void assumeHealthy(List<Answer> answers) {
        List<Duration> served = answers.stream()
                .filter(answer -> answer.status() == 200)
                .map(Answer::took)
                .sorted()
                .toList();
        assertThat(served).hasSizeGreaterThan(BURST / 2);
        if (served.size() < BURST) {
            assumeThat(served.get(served.size() / 2)).isLessThan(Duration.ofMillis(800));
        }
    }

    @Test
    void aTokenThatTheProviderHasJustRefusedCostsNoSecondCall() {
        String alias = providers.identityProvider("acme", Map.of());
        Person person = providers.newPerson();
        String foreign = providers.simulator().acme().accessToken("another-client", person);
        Answer first = Exchanges.accessToken(alias, foreign);
        int asked = calls(foreign);

        Answer second = Exchanges.accessToken(alias, foreign);

        for (Answer answer : List.of(first, second)) {
            assertRefused(answer, 400, "invalid_request", "token_for_another_app", alias, person.id());
        }
        assertThat(asked).isEqualTo(2);
        assertThat(calls(foreign)).as("calls with it").isEqualTo(2);
        assertThat(Exchanges.refusals(alias)).containsExactly("token_for_another_app", "token_for_another_app");
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
