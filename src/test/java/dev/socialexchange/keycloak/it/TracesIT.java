package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Scrape;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.TraceSink;
import dev.socialexchange.keycloak.it.support.TraceSink.Trace;
import dev.socialexchange.keycloak.it.support.TraceSpan;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server with traces, Keycloak's metrics of user events, and the labels that are there on demand. */
@OlderKeycloakOnDemand
class TracesIT {
    private static final String SCOPE = "dev.socialexchange.keycloak";
    private static final String PROOF = "social-exchange proof";
    private static final String CALL = "social-exchange provider call";
    private static final String FLOW = "social-exchange flow";
    private static final String TOKENS = "social-exchange tokens";

    /** All that our spans may have. */
    private static final Set<String> ATTRIBUTES =
            Set.of("server.address", "http.request.method", "social_exchange.outcome", "social_exchange.reason");

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

    @Test
    void theStepsOfAnExchangeAreSpansWithinTheRequestsOwn() {
        Trace exchange = Trace.begin();

        assertThat(exchange.with(request("facebook", person())).send().status()).isEqualTo(200);

        List<TraceSpan> trace = SINK.await(exchange);
        Map<String, TraceSpan> byId =
                trace.stream().collect(Collectors.toMap(TraceSpan::id, span -> span, (one, other) -> one));
        List<TraceSpan> ours = ours(trace);
        assertThat(ours).extracting(TraceSpan::name).containsOnlyOnce(PROOF, TOKENS);
        assertThat(ours).extracting(TraceSpan::name).containsOnly(PROOF, CALL, FLOW, TOKENS);
        assertThat(named(ours, FLOW)).isNotEmpty();
        assertThat(named(ours, CALL))
                .as("of a binding and a profile")
                .hasSize(2)
                .allSatisfy(call -> {
                    assertThat(call.parent())
                            .isEqualTo(named(ours, PROOF).get(0).id());
                    assertThat(call.attributes())
                            .containsEntry("server.address", PROVIDERS.url().substring("http://".length()))
                            .containsEntry("http.request.method", "GET")
                            .containsEntry("social_exchange.outcome", "2xx");
                });
        assertThat(ours).allSatisfy(span -> {
            assertThat(span.failed()).as(span.toString()).isFalse();
            assertThat(rootOf(span, byId, exchange).scope())
                    .as("Keycloak's or its web server's: " + span)
                    .isNotEqualTo(SCOPE);
        });
    }

    @Test
    void whatWasRefusedIsToldByItsReasonAlone() {
        Trace exchange = Trace.begin();

        assertThat(exchange.with(ofAnotherApp()).send().status()).isEqualTo(400);

        TraceSpan proof = named(SINK.await(exchange), PROOF).get(0);
        assertThat(proof.attributes()).containsEntry("social_exchange.reason", "token_for_another_app");
        assertThat(proof.failed()).isTrue();
        assertThat(proof.message()).isEmpty();
        assertThat(proof.ofEvents()).isEmpty();
    }

    /** Facebook wants the token in a call's URL, where Keycloak's own instrumentation would write it into a span. */
    @Test
    void ourSpansHaveAttributesOfAListAndNothingOfAPerson() {
        Trace exchange = Trace.begin();
        Person person = person();
        TokenRequest request = request("facebook", person);
        String token = request.parameters().stream()
                .filter(parameter -> parameter.getKey().equals("subject_token"))
                .findFirst()
                .orElseThrow()
                .getValue();

        assertThat(exchange.with(request).send().status()).isEqualTo(200);

        List<TraceSpan> trace = SINK.await(exchange);
        assertThat(ours(trace)).isNotEmpty().allSatisfy(span -> {
            assertThat(ATTRIBUTES).as(span.name()).containsAll(span.attributes().keySet());
            assertThat(span.ofEvents()).isEmpty();
            assertThat(span.toString()).doesNotContain(person.email(), person.username(), "Zo");
        });
        assertThat(trace).as("calls of providers are in no other span").noneMatch(span -> span.scope()
                .contains("httpclient"));
        assertThat(SINK.received())
                .as("Keycloak's own spans have the details of events, with username and address; the rest is nowhere")
                .doesNotContain(token, person.id(), "input_token");
    }

    /** Steps may write events, with the address of the account that is there already, into the span that is current. */
    @Test
    void aFlowThatAsksForThePersonTellsNoMoreInItsSpan() {
        Person person = person();
        assertThat(request("acme", person).send().status()).isEqualTo(200);
        Person namesake = PROVIDERS.people().add(person().withEmail(person.email(), true));
        Trace exchange = Trace.begin();

        Answer refused = exchange.with(request("acme", namesake)).send();

        assertRefused(refused, 400, "interaction_required", "account_exists");
        List<TraceSpan> trace = SINK.await(exchange);
        assertThat(named(ours(trace), FLOW)).isNotEmpty();
        assertThat(ours(trace)).allSatisfy(span -> {
            assertThat(ATTRIBUTES).as(span.name()).containsAll(span.attributes().keySet());
            assertThat(span.ofEvents()).isEmpty();
            assertThat(span.toString()).doesNotContain(person.email(), namesake.username());
        });
    }

    /** What is kept from calls of providers, and would be there otherwise. */
    @Test
    void keycloaksOwnCallsDoCarryATraceAndWriteTheirUrls() {
        PROVIDERS.clearRequests();
        String discovery = PROVIDERS.url() + "/acme.example/.well-known/openid-configuration?secret=in-the-url";

        realm.admin().post("/identity-provider/import-config", Map.of("providerId", "oidc", "fromUrl", discovery));

        assertThat(PROVIDERS.requests(null, null))
                .singleElement()
                .satisfies(call -> assertThat(call.headers().keySet()).anyMatch("traceparent"::equalsIgnoreCase));
        assertThat(SINK.await(span -> span.scope().contains("httpclient"))
                        .attributes()
                        .get("url.full"))
                .contains("in-the-url");
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
        assertThat(ofAnotherApp().send().status()).isEqualTo(400);

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

    private static TokenRequest ofAnotherApp() {
        return realm.tokens()
                .exchange("google")
                .as(Suite.SPA)
                .type("urn:ietf:params:oauth:token-type:id_token")
                .subjectToken(PROVIDERS.google().idToken("another-app", person()));
    }

    private static List<TraceSpan> ours(List<TraceSpan> trace) {
        return trace.stream().filter(span -> span.scope().equals(SCOPE)).toList();
    }

    private static List<TraceSpan> named(List<TraceSpan> spans, String name) {
        return spans.stream().filter(span -> span.name().equals(name)).toList();
    }

    /** What the request itself was. */
    private static TraceSpan rootOf(TraceSpan span, Map<String, TraceSpan> byId, Trace trace) {
        TraceSpan ancestor = span;
        while (!ancestor.parent().equals(trace.span())) {
            assertThat(byId).as("the parent of " + ancestor).containsKey(ancestor.parent());
            ancestor = byId.get(ancestor.parent());
        }
        return ancestor;
    }

    private static Person person() {
        String name = Suite.unique("traced");
        return PROVIDERS.people().add(Person.unknown("Zoë").withUsername(name).withEmail(name + "@example.org", true));
    }

    private static TokenRequest request(String alias, Person person) {
        return Tokens.of(realm.tokens().exchange(alias).as(Suite.SPA).scope("openid"), PROVIDERS, alias, person);
    }
}
