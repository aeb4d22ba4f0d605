package dev.socialexchange.keycloak.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.NotInContainers;
import dev.socialexchange.keycloak.it.support.OpenApi;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.Scrape;
import dev.socialexchange.keycloak.it.support.TwoNodes;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.it.support.Workspace;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A cluster that looks every five seconds whether providers publish what is known of them. */
@WithOneKeycloak
@NotInContainers
class DriftWatchIT {
    private static final Duration INTERVAL = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Simulator PROVIDERS = Simulator.start(0);
    private static TwoNodes nodes;
    private static OwnRealm realm;

    @BeforeAll
    static void start() {
        nodes = TwoNodes.start("it-drift", node -> node.environment("SIMULATOR_URL", PROVIDERS.url())
                .proxyMapping(".*[.][a-z]+;" + PROVIDERS.proxyUrl())
                .truststore(PROVIDERS.caCertificatePem(Workspace.own().resolve("drift-providers.pem")))
                .startOption(
                        "--spi-admin-realm-restapi-extension--social-exchange--drift-watch=" + INTERVAL.toSeconds()));
        realm = OwnRealm.create(nodes.first(), PROVIDERS.url(), ignored -> {});
    }

    @AfterAll
    static void stop() {
        if (nodes != null) {
            nodes.close();
        }
        PROVIDERS.close();
    }

    @Test
    void differenceIsAnEventAMetricAndInTheListOnceForBothNodes() throws InterruptedException {
        String alias = realm.provider("google", Map.of());
        RealmAdmin admin = RealmAdmin.of(realm, "view-identity-providers");
        JsonNode quiet = await(() -> listed(admin, alias).path("last_drift_check"), check -> check.has("at"));
        assertThat(quiet.path("differences").asInt()).isZero();

        PROVIDERS.google().publish("issuer", "https://accounts.google.example");

        JsonNode told = await(
                () -> listed(admin, alias).path("last_drift_check"),
                check -> check.path("differences").asInt() == 1);
        assertThat(told.path("at").asLong()).isGreaterThan(0);
        Answer list = admin.request("providers").method("GET").send();
        new OpenApi(Path.of("docs/openapi-admin.yaml"))
                .meets("/providers", "get", list.status(), "application/json", list.body());
        JsonNode events = await(() -> events(alias), found -> found.size() >= 4);
        JsonNode event = events.path(0);
        assertThat(event.path("error").asText()).isEqualTo("provider_drift");
        assertThat(event.at("/details/reason").asText()).isEqualTo("provider_drift: issuer");
        assertThat(event.at("/details/found").asText()).isEqualTo("https://accounts.google.example");
        long newest = events.path(0).path("time").asLong();
        long oldest = events.path(events.size() - 1).path("time").asLong();
        assertThat(newest - oldest)
                .as("the cluster compares once in a while, not each of its nodes: %s", events)
                .isGreaterThan((events.size() - 1) * INTERVAL.minusSeconds(2).toMillis());
        assertThat(nodes.both().stream()
                        .mapToDouble(node -> Scrape.of(node)
                                .sum("social_exchange_drift_total", "type=\"google\"", "what=\"issuer\""))
                        .sum())
                .isGreaterThanOrEqualTo(3);
    }

    private static JsonNode events(String alias) {
        ArrayNode events = JsonNodeFactory.instance.arrayNode();
        realm.admin().events("type=TOKEN_EXCHANGE_ERROR").forEach(event -> {
            if (event.path("details").path("identity_provider").asText().equals(alias)) {
                events.add(event);
            }
        });
        return events;
    }

    private static JsonNode listed(RealmAdmin admin, String alias) {
        return StreamSupport.stream(
                        admin.request("providers").method("GET").send().json().spliterator(), false)
                .filter(one -> one.path("alias").asText().equals(alias))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode await(Supplier<JsonNode> look, Predicate<JsonNode> until) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        JsonNode seen = look.get();
        while (!until.test(seen) && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(500);
            seen = look.get();
        }
        assertThat(until.test(seen)).as(String.valueOf(seen)).isTrue();
        return seen;
    }
}
