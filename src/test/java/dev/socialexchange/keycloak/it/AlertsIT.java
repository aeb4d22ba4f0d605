package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Eventually;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.OwnProviders;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Prometheus;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The alert rules and the dashboard, in a real Prometheus that scrapes a real Keycloak while something goes wrong. */
@WithOneKeycloak
class AlertsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int THROTTLE = 5;
    private static final String DOWN = "SocialExchangeProviderDown";

    private final OwnProviders providers = new OwnProviders();
    private Prometheus prometheus;

    @BeforeEach
    void start() throws InterruptedException {
        assumeTrue(Prometheus.program().isPresent(), "no prometheus on the path");
        prometheus = Prometheus.start(Suite.keycloak());
        await("Prometheus has scraped", prometheus::isReady);
    }

    @AfterEach
    void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
        providers.close();
    }

    @Test
    void aProvidersOutageFires() throws InterruptedException {
        String alias = providers.identityProvider("acme", Map.of());
        fault(Fault.status(500));

        assertFires(() -> accessTokens(alias, 2), DOWN);
    }

    @Test
    void tokensForAnotherAppFire() throws InterruptedException {
        String alias = providers.identityProvider("acme", Map.of());

        assertFires(() -> foreign(alias, 3), "SocialExchangeTokensForAnotherApp");
    }

    @Test
    void keysThatTheIssuerDoesNotPublishFire() throws InterruptedException {
        String alias = providers.identityProvider("acme", Map.of());
        providers.simulator().fault("acme.example", "/jwks", Fault.json(200, "{\"keys\":[]}"));

        assertFires(() -> idTokens(alias, 3), "SocialExchangeKeysUnknown");
    }

    /** A provider that hangs is down as well. */
    @Test
    void aShareThatIsExhaustedFires() throws InterruptedException {
        String alias = providers.identityProvider("acme", Map.of("exchangeTimeout", "3000"));
        fault(Fault.hang());

        assertFires(() -> atOnce(alias, 64), DOWN, "SocialExchangeShareExhausted");
    }

    @Test
    void whatIsThrottledFires() throws InterruptedException {
        OwnRealm realm = OwnRealm.create();
        App app = App.of(realm);
        String alias = throttling(app);

        assertFires(() -> badTokens(realm, app, alias), "SocialExchangeThrottled");
    }

    @Test
    void whatTheAdministratorHasToMendFires() throws InterruptedException {
        OwnRealm realm = OwnRealm.create();
        String alias = realm.providerWithFirstFlow("acme", realm.flow());

        assertFires(() -> realm.exchange(alias, Suite.newPerson()), "SocialExchangeErrors");
    }

    @Test
    void everyQueryOfTheDashboardFindsSomething() throws IOException, InterruptedException {
        everythingOnce();
        JsonNode dashboard = new ObjectMapper()
                .readTree(Path.of("operations/grafana-dashboard.json").toFile());
        List<String> queries = dashboard.path("panels").findValuesAsText("expr");

        assertThat(queries).hasSizeGreaterThan(10);
        for (String query : queries) { // a rate takes two scrapes
            await(query, () -> !prometheus
                    .query(query.replace("$__rate_interval", "1m"))
                    .isEmpty());
        }
    }

    private void everythingOnce() {
        String alias = providers.identityProvider("acme", Map.of("exchangeTimeout", "3000"));
        String token = providers.simulator().acme().idToken(Oidc.CLIENT_ID, providers.newPerson());
        Stream.of(1, 2).forEach(time -> Exchanges.idToken(alias, token));
        OwnRealm realm = OwnRealm.create();
        App app = App.of(realm);
        app.link(app.provider("acme"), Suite.newPerson().withoutEmail(), "profile_incomplete");
        badTokens(realm, app, throttling(app));
        fault(Fault.hang());
        atOnce(alias, 64);
    }

    private void fault(Fault fault) {
        ProviderEndpoint.binding("acme").fault(providers.simulator(), fault);
        ProviderEndpoint.profile("acme").fault(providers.simulator(), fault);
    }

    private void accessTokens(String alias, int many) {
        IntStream.range(0, many).forEach(i -> Exchanges.accessToken(alias, accessToken()));
    }

    private void idTokens(String alias, int many) {
        IntStream.range(0, many)
                .forEach(i -> Exchanges.idToken(
                        alias, providers.simulator().acme().idToken(Oidc.CLIENT_ID, providers.newPerson())));
    }

    private void foreign(String alias, int many) {
        Person person = providers.newPerson();
        IntStream.range(0, many)
                .forEach(i ->
                        Exchanges.idToken(alias, providers.simulator().acme().idToken("another-app", person)));
    }

    private void atOnce(String alias, int many) {
        List<CompletableFuture<Answer>> all = IntStream.range(0, many)
                .mapToObj(i -> Exchanges.request(alias, TokenType.ACCESS_TOKEN, accessToken())
                        .sendAsync())
                .toList();
        all.forEach(CompletableFuture::join);
    }

    private String accessToken() {
        return providers.simulator().acme().accessToken(Oidc.CLIENT_ID, providers.newPerson());
    }

    /** A provider at which a few bad tokens are too many. */
    private static String throttling(App app) {
        return app.provider(
                "acme", copy -> copy.withObject("/config").put("exchangeThrottle", String.valueOf(THROTTLE)));
    }

    /** In a realm and by a client of their own: who is throttled stays so for a while. */
    private static void badTokens(OwnRealm realm, App app, String alias) {
        List<Integer> answers = IntStream.range(0, 3 * THROTTLE)
                .mapToObj(i -> realm.request(app.clientId(), alias, TokenType.ID_TOKEN, "no-token-" + i)
                        .send()
                        .status())
                .toList();
        assertThat(answers).endsWith(429);
    }

    /** These alerts while it goes on, no others, and none any more once it is over. */
    private void assertFires(Runnable incident, String... alerts) throws InterruptedException {
        assertThat(prometheus.firing()).as("before").isEmpty();
        Set<String> fired = new TreeSet<>();
        await("fires: " + List.of(alerts), () -> {
            incident.run();
            fired.addAll(prometheus.firing());
            return fired.containsAll(List.of(alerts));
        });
        providers.simulator().clearFaults();
        await("clears", () -> {
            Set<String> firing = prometheus.firing();
            fired.addAll(firing);
            return firing.isEmpty();
        });

        assertThat(fired).containsExactlyInAnyOrder(alerts);
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        Eventually.await(what, PATIENCE, condition);
    }
}
