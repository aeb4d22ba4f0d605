package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Eventually;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnProviders;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One provider that never answers must not take the server with it. */
@OlderKeycloakOnDemand
class StuckProviderIT {
    private static final int STUCK = 64;
    private static final int SHARE = 32;

    /** Longer than all that others ask for meanwhile. */
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    /** Whoever is blocked is so until the stuck ones have ended. */
    private static final Duration HELD_UP = Duration.ofSeconds(3);

    private static final Duration TOLD = Duration.ofSeconds(15);

    private final OwnProviders providers = new OwnProviders();
    private final String passwordClient = Suite.unique("password-client");
    private final Person local = Suite.newPerson();

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void exchangesThatWaitForAccessTokenChecksHoldUpNobodyElse() throws InterruptedException {
        String alias = patient();
        ProviderEndpoint.binding("acme").fault(providers.simulator(), Fault.hang());

        holdsUpNobody(alias, person -> Exchanges.request(
                        alias,
                        TokenType.ACCESS_TOKEN,
                        providers.simulator().acme().accessToken(Oidc.CLIENT_ID, person))
                .sendAsync());
    }

    @Test
    void exchangesThatWaitForKeysHoldUpNobodyElse() throws InterruptedException {
        String alias = patient();
        providers.simulator().fault("acme.example", "/jwks", Fault.hang());

        holdsUpNobody(alias, person -> Exchanges.request(
                        alias, TokenType.ID_TOKEN, providers.simulator().acme().idToken(Oidc.CLIENT_ID, person))
                .sendAsync());
        assertThat(providers.requests("acme.example", "/jwks")).hasSizeLessThanOrEqualTo(2);
    }

    private String patient() {
        return providers.identityProvider("acme", Map.of("exchangeTimeout", String.valueOf(TIMEOUT.toMillis())));
    }

    private void holdsUpNobody(String alias, Function<Person, CompletableFuture<Answer>> exchange)
            throws InterruptedException {
        createPasswordUser();
        Person known = Suite.newPerson();
        Supplier<Answer> idToken =
                () -> Exchanges.idToken("google", Suite.providers().google().idToken(Google.CLIENT_ID, known));
        Supplier<Answer> password = () -> Suite.tokens()
                .password(local.username(), "secret")
                .as(passwordClient)
                .send();
        Duration usualIdToken = median(idToken);
        Duration usualPassword = median(password);
        List<Person> people =
                IntStream.range(0, STUCK).mapToObj(i -> providers.newPerson()).toList();

        List<CompletableFuture<Answer>> stuck =
                new ArrayList<>(people.stream().map(exchange).toList());
        awaitThatOnlyAShareWaits(stuck);
        Duration idTokenMeanwhile = median(idToken);
        Duration passwordMeanwhile = median(password);
        long waiting = waiting(stuck);
        providers.close(); // which ends them before their time

        assertThat(waiting).as("exchanges that have waited all the while").isBetween(1L, (long) SHARE);
        assertThat(idTokenMeanwhile).isLessThan(usualIdToken.plus(HELD_UP));
        assertThat(passwordMeanwhile).isLessThan(usualPassword.plus(HELD_UP));
        List<Answer> answers = stuck.stream().map(CompletableFuture::join).toList();
        assertThat(answers)
                .allSatisfy(answer -> assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable"));
        assertThat(Exchanges.refusals(alias)).contains("provider_unavailable: provider_share_exhausted");
    }

    /** Those over it are told long before their deadline. */
    private static void awaitThatOnlyAShareWaits(List<CompletableFuture<Answer>> exchanges)
            throws InterruptedException {
        Eventually.await("no more than a share waits", TOLD, () -> waiting(exchanges) <= SHARE);
    }

    private static long waiting(List<CompletableFuture<Answer>> exchanges) {
        return exchanges.stream().filter(answer -> !answer.isDone()).count();
    }

    private static Duration median(Supplier<Answer> request) {
        return Stream.generate(request)
                .limit(5)
                .peek(answer -> assertTokens(answer))
                .map(Answer::took)
                .sorted()
                .skip(2)
                .findFirst()
                .orElseThrow();
    }

    private void createPasswordUser() {
        Suite.admin()
                .createClient(
                        Map.of("clientId", passwordClient, "publicClient", true, "directAccessGrantsEnabled", true));
        Suite.admin()
                .createUser(Map.of(
                        "username",
                        local.username(),
                        "enabled",
                        true,
                        "email",
                        local.email(),
                        "firstName",
                        "Local",
                        "lastName",
                        "Person",
                        "credentials",
                        List.of(Map.of("type", "password", "value", "secret"))));
    }
}
