package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Scrape;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.TraceSink;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with traces, Keycloak's metrics of user events, and the labels that are there on demand. */
class TracesIT {
    private static final TraceSink SINK = new TraceSink();
    private static final Simulator PROVIDERS = Simulator.start(0);
    private static KeycloakServer server;
    private static OwnRealm realm;

    @BeforeAll
    static void start() {
        server = KeycloakServer.start(ServerOptions.run("it-traces")
                .withoutRealm()
                .environment("SIMULATOR_URL", PROVIDERS.url())
                .buildOption("--features=user-event-metrics")
                .buildOption("--tracing-enabled=true")
                .startOption("--tracing-endpoint=" + SINK.url())
                .startOption("--tracing-protocol=http/protobuf")
                .buildOption("--event-metrics-user-enabled=true")
                .startOption("--event-metrics-user-tags=realm,idp,clientId")
                .startOption("--spi-social-exchange-metrics--default--labels=alias,client")
                .progress(System.out::println));
        realm = OwnRealm.create(server, PROVIDERS.url(), ignored -> {});
    }

    @AfterAll
    static void stop() {
        server.close();
        PROVIDERS.close();
        SINK.close();
    }

    /** Facebook wants the token in a call's URL, where Keycloak's own instrumentation would write it into a span. */
    @Test
    void theStepsOfAnExchangeAreSpansThatTellNothingOfThePerson() {
        Person person = person();
        TokenRequest request = request("facebook", person);
        String token = request.parameters().stream()
                .filter(parameter -> parameter.getKey().equals("subject_token"))
                .findFirst()
                .orElseThrow()
                .getValue();

        assertThat(request.send().status()).isEqualTo(200);

        for (String span : List.of("proof", "provider call", "flow", "tokens")) {
            assertThat(SINK.await("social-exchange " + span)).isTrue();
        }
        assertThat(SINK.received())
                .as("Keycloak's own spans have the details of events, with username and address; the rest is nowhere")
                .doesNotContain(token, person.id(), "input_token");
    }

    @Test
    void providersGetNoTraceOfOurs() {
        for (String provider : List.of("facebook", "github", "google", "acme")) {
            PROVIDERS.clearRequests();
            assertThat(request(provider, person()).send().status()).as(provider).isEqualTo(200);
            assertThat(PROVIDERS.requests(null, null))
                    .as("calls for an exchange of " + provider)
                    .isNotEmpty()
                    .allSatisfy(call -> assertThat(call.headers().keySet())
                            .noneMatch(name -> name.equalsIgnoreCase("traceparent")
                                    || name.equalsIgnoreCase("tracestate")
                                    || name.equalsIgnoreCase("baggage")));
        }
    }

    @Test
    void aliasAndClientAreLabelsWhereTheOperatorAsksForThem() {
        assertThat(request("google", person()).send().status()).isEqualTo(200);

        Scrape scrape = Scrape.of(server);
        assertThat(scrape.sum("social_exchange_requests_total", "alias=\"google\"", "client=\"demo-spa\""))
                .isPositive();
    }

    /** What docs/operations.md says of Keycloak's own metrics. */
    @Test
    void keycloaksOwnMetricsOfUserEventsCountExchangesByErrorAlone() {
        assertThat(request("google", person()).send().status()).isEqualTo(200);
        Answer refused = realm.tokens()
                .exchange("google")
                .as(Suite.SPA)
                .type("urn:ietf:params:oauth:token-type:id_token")
                .subjectToken(PROVIDERS.google().idToken("another-app", person()))
                .send();
        assertThat(refused.status()).isEqualTo(400);

        Scrape scrape = Scrape.of(server);
        String events = "keycloak_user_events_total";
        String[] ours = {"event=\"token_exchange\"", "idp=\"google\"", "client_id=\"demo-spa\""};
        assertThat(scrape.labels(events)).containsExactly("client_id", "error", "event", "idp", "realm");
        assertThat(scrape.sum(events, with(ours, "error=\"\""))).isPositive();
        assertThat(scrape.sum(events, with(ours, "error=\"invalid_token\""))).isPositive();
    }

    private static String[] with(String[] labels, String one) {
        return Stream.concat(Arrays.stream(labels), Stream.of(one)).toArray(String[]::new);
    }

    private static Person person() {
        String name = Suite.unique("traced");
        return PROVIDERS.people().add(Person.unknown("Zoë").withUsername(name).withEmail(name + "@example.org", true));
    }

    private static TokenRequest request(String alias, Person person) {
        return Tokens.of(realm.tokens().exchange(alias).as(Suite.SPA).scope("openid"), PROVIDERS, alias, person);
    }
}
