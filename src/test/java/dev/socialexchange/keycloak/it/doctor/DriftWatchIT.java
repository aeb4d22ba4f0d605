package dev.socialexchange.keycloak.it.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OpenApi;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.Scrape;
import dev.socialexchange.keycloak.it.support.ServerOptions;
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

/** A server that looks every two seconds whether providers publish what is known of them. */
@WithOneKeycloak
class DriftWatchIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Simulator PROVIDERS = Simulator.start(0);
    private static KeycloakServer server;
    private static OwnRealm realm;

    @BeforeAll
    static void start() {
        server = KeycloakServer.start(ServerOptions.run("it-drift")
                .withoutRealm()
                .environment("SIMULATOR_URL", PROVIDERS.url())
                .proxyMapping(".*[.][a-z]+;" + PROVIDERS.proxyUrl())
                .truststore(PROVIDERS.caCertificatePem(Workspace.own().resolve("drift-providers.pem")))
                .startOption("--spi-admin-realm-restapi-extension--social-exchange--drift-watch=2")
                .progress(System.out::println));
        realm = OwnRealm.create(server, PROVIDERS.url(), ignored -> {});
    }

    @AfterAll
    static void stop() {
        server.close();
        PROVIDERS.close();
    }

    @Test
    void differenceIsAnEventAMetricAndInTheList() throws InterruptedException {
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
        JsonNode event = await(() -> event(alias), found -> !found.isMissingNode());
        assertThat(event.path("error").asText()).isEqualTo("provider_drift");
        assertThat(event.at("/details/reason").asText()).isEqualTo("provider_drift: issuer");
        assertThat(event.at("/details/found").asText()).isEqualTo("https://accounts.google.example");
        assertThat(Scrape.of(server).sum("social_exchange_drift_total", "type=\"google\"", "what=\"issuer\""))
                .isPositive();
    }

    private static JsonNode event(String alias) {
        return StreamSupport.stream(
                        realm.admin().events("type=TOKEN_EXCHANGE_ERROR").spliterator(), false)
                .filter(one ->
                        one.path("details").path("identity_provider").asText().equals(alias))
                .findFirst()
                .orElse(MissingNode.getInstance());
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
