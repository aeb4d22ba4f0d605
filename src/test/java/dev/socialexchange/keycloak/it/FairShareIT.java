package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.OwnProviders;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whoever comes to a provider that is well gets their turn, whatever others do meanwhile. */
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
        slow(Duration.ofMillis(300));
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger refused = new AtomicInteger();
        List<CompletableFuture<Void>> flood = IntStream.range(0, FLOOD)
                .mapToObj(i -> garbage(alias, over, refused))
                .toList();

        List<Answer> answers = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            answers.add(accessToken(alias, providers.newPerson()).as(honest).send());
        }
        over.set(true);
        flood.forEach(CompletableFuture::join);

        assertThat(answers).allSatisfy(answer -> assertTokens(answer));
        assertThat(refused.get()).as("garbage that came meanwhile").isGreaterThan(FLOOD);
        assertThat(Exchanges.refusals(alias))
                .contains("token_invalid: not_active", "provider_unavailable: provider_busy_here");
    }

    private CompletableFuture<Void> garbage(String alias, AtomicBoolean over, AtomicInteger refused) {
        return Exchanges.request(alias, TokenType.ACCESS_TOKEN, Suite.unique("invented"))
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
                    .map(person -> accessToken(alias, person).as(Suite.SPA).sendAsync())
                    .toList();

            assertThat(all.stream().map(CompletableFuture::join).map(Answer::status))
                    .as("round " + round)
                    .containsOnly(200);
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
