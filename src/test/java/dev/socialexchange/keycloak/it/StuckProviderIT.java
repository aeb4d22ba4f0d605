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
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
    private static final Duration TIMEOUT = Duration.ofMillis(5000);
    private static final Duration HELD_UP = Duration.ofMillis(300);
    private static final Duration AT_ONCE = Duration.ofMillis(2500);

    private final OwnProviders providers = new OwnProviders();
    private final String passwordClient = Suite.unique("password-client");
    private final Person local = Suite.newPerson();

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void exchangesThatWaitForAccessTokenChecksHoldUpNobodyElse() throws InterruptedException {
        String alias = providers.identityProvider("acme", Map.of());
        ProviderEndpoint.binding("acme").fault(providers.simulator(), Fault.hang());

        holdsUpNobody(alias, person -> Exchanges.request(
                        alias,
                        TokenType.ACCESS_TOKEN,
                        providers.simulator().acme().accessToken(Oidc.CLIENT_ID, person))
                .sendAsync());
    }

    @Test
    void exchangesThatWaitForKeysHoldUpNobodyElse() throws InterruptedException {
        String alias = providers.identityProvider("acme", Map.of());
        providers.simulator().fault("acme.example", "/jwks", Fault.hang());

        holdsUpNobody(alias, person -> Exchanges.request(
                        alias, TokenType.ID_TOKEN, providers.simulator().acme().idToken(Oidc.CLIENT_ID, person))
                .sendAsync());
        assertThat(providers.requests("acme.example", "/jwks")).hasSizeLessThanOrEqualTo(2);
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
        TimeUnit.MILLISECONDS.sleep(AT_ONCE.toMillis()); // those over the share have been told by now
        long waiting = stuck.stream().filter(answer -> !answer.isDone()).count();
        Duration idTokenMeanwhile = median(idToken);
        Duration passwordMeanwhile = median(password);

        assertThat(waiting).as("exchanges that wait").isBetween(1L, (long) SHARE);
        assertThat(idTokenMeanwhile).isLessThan(usualIdToken.plus(HELD_UP));
        assertThat(passwordMeanwhile).isLessThan(usualPassword.plus(HELD_UP));
        List<Answer> answers = stuck.stream().map(CompletableFuture::join).toList();
        assertThat(answers).allSatisfy(answer -> {
            assertRefused(answer, 503, "temporarily_unavailable", "provider_unavailable");
            assertThat(answer.took()).isLessThan(TIMEOUT.plusMillis(1500));
        });
        assertThat(answers)
                .filteredOn(answer -> answer.took().compareTo(AT_ONCE) < 0)
                .as("told at once")
                .hasSizeGreaterThanOrEqualTo(STUCK - SHARE);
        assertThat(Exchanges.refusals(alias)).contains("provider_unavailable: provider_share_exhausted");
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
