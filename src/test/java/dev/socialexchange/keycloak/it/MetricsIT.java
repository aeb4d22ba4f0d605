package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.OwnProviders;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ProviderEndpoint;
import dev.socialexchange.keycloak.it.support.Scrape;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a real server's {@code /metrics} says of exchanges. The server is the suite's: what others do there is not ours. */
class MetricsIT {
    private static final String REQUESTS = "social_exchange_requests_total";
    private static final int INVENTED = 10_000;
    private static final int AT_A_TIME = 50;

    private final OwnProviders providers = new OwnProviders();
    private final String host = "host=\"" + providers.url().substring("http://".length()) + "\"";

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void oneExchangeIsSeenInEveryFamilyThatItTouches() {
        String alias = providers.identityProvider("google", Map.of());
        Person person = providers.newPerson();
        Scrape before = Scrape.of(Suite.keycloak());

        assertTokens(Exchanges.idToken(alias, providers.simulator().google().idToken(Google.CLIENT_ID, person)));

        Scrape after = Scrape.of(Suite.keycloak());
        assertMore(1, before, after, REQUESTS, "type=\"google\"", "kind=\"id_token\"", "outcome=\"success\"");
        String success = "outcome=\"success\"";
        assertMore(1, before, after, "social_exchange_duration_seconds_count", "type=\"google\"", success);
        assertMore(
                1, before, after, "social_exchange_duration_seconds_bucket", "type=\"google\"", success, "le=\"+Inf\"");
        assertMore(1, before, after, "social_exchange_proofs_total", "type=\"google\"", "method=\"jwks\"");
        assertMore(1, before, after, "social_exchange_provider_calls_seconds_count", host, "outcome=\"2xx\"");
        assertMore(1, before, after, "social_exchange_key_set_loads_total", "type=\"google\"", "outcome=\"loaded\"");
        assertMore(1, before, after, "social_exchange_first_logins_total", "type=\"google\"", "outcome=\"created\"");
        assertMore(2, before, after, "social_exchange_share_wait_seconds_count", "outcome=\"granted\"");
        assertThat(after.sum("social_exchange_share_waiting")).isZero();
        assertThat(after.labels(REQUESTS))
                .as("neither alias nor client, unless asked for")
                .containsExactly("detail", "kind", "outcome", "reason", "type");
    }

    @Test
    void aTokenThatComesAgainIsAConflictAndARefusalWithItsReason() {
        Person person = Suite.newPerson();
        String token = Suite.providers().google().idToken(Google.CLIENT_ID, person);
        assertTokens(Exchanges.idToken("google", token));
        Scrape before = Scrape.of(Suite.keycloak());

        assertRefused(Exchanges.idToken("google", token), 400, "invalid_request", "token_replayed");

        Scrape after = Scrape.of(Suite.keycloak());
        assertMore(1, before, after, REQUESTS, "type=\"google\"", "outcome=\"refused\"", "reason=\"token_replayed\"");
        assertMore(1, before, after, "social_exchange_single_use_conflicts_total", "what=\"token\"");
        assertMore(0, before, after, "social_exchange_proofs_total");
        assertMore(0, before, after, "social_exchange_first_logins_total");
    }

    @Test
    void anotherAppsTokenAndAProvidersOutageAreToldApart() {
        String alias = providers.identityProvider("acme", Map.of());
        Person person = providers.newPerson();
        String foreign = providers.simulator().acme().idToken("another-app", person);
        String ours = providers.simulator().acme().accessToken(Oidc.CLIENT_ID, person);
        Scrape before = Scrape.of(Suite.keycloak());

        assertRefused(Exchanges.idToken(alias, foreign), 400, "invalid_request", "token_for_another_app");
        ProviderEndpoint.binding("acme").fault(providers.simulator(), Fault.status(500));
        assertRefused(Exchanges.accessToken(alias, ours), 503, "temporarily_unavailable", "provider_unavailable");

        Scrape after = Scrape.of(Suite.keycloak());
        assertMore(1, before, after, REQUESTS, "outcome=\"refused\"", "reason=\"token_for_another_app\"");
        assertMore(1, before, after, REQUESTS, "outcome=\"unavailable\"", "reason=\"provider_unavailable\"");
        assertThat(after.sum("social_exchange_provider_calls_seconds_count", host, "outcome=\"5xx\""))
                .isPositive();
    }

    @Test
    void aContinuationIsFollowedFromItsOfferToItsEnd() {
        OwnRealm realm = OwnRealm.create();
        App app = App.of(realm);
        String alias = app.provider("acme");
        Person person = Suite.newPerson().withoutEmail();
        Scrape before = Scrape.of(Suite.keycloak());

        Tab browser = Chromium.newBrowser().open(app.link(alias, person, "profile_incomplete"));
        browser.clicks("#kc-continue").has("#email");
        Scrape between = Scrape.of(Suite.keycloak());
        browser.types("#email", Suite.unique("typed") + "@example.org").clicks("[type=submit]");
        Answer tokens = app.redeem(browser);

        assertThat(tokens.status()).as(tokens.body()).isEqualTo(200);
        String continuations = "social_exchange_continuations_total";
        assertMore(1, before, between, continuations, "step=\"offered\"");
        assertMore(1, before, between, continuations, "step=\"begun\"");
        assertMore(0, before, between, continuations, "step=\"finished\"");
        assertMore(1, before, between, "social_exchange_first_logins_total", "outcome=\"asked\"");
        assertMore(1, between, Scrape.of(Suite.keycloak()), continuations, "step=\"finished\"");
    }

    @Test
    void tenThousandInventedAliasesMakeNoSeries() {
        invent(0, 1);
        long before = series();

        invent(1, INVENTED);

        Scrape after = Scrape.of(Suite.keycloak());
        assertThat(series()).isEqualTo(before);
        assertThat(after.text()).doesNotContain("invented-");
        assertThat(after.sum(REQUESTS, "type=\"unknown\"", "reason=\"provider_unknown\""))
                .isGreaterThanOrEqualTo(INVENTED);
    }

    private static long series() {
        return Scrape.of(Suite.keycloak())
                .text()
                .lines()
                .filter(line -> line.startsWith("social_exchange_"))
                .count();
    }

    /** Not as other exchanges are made: nobody looks behind each of these refusals. */
    private static void invent(int first, int end) {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int begin = first; begin < end; begin += AT_A_TIME) {
            List<CompletableFuture<Integer>> some = IntStream.range(begin, Math.min(end, begin + AT_A_TIME))
                    .mapToObj(i -> client.sendAsync(invented(i), HttpResponse.BodyHandlers.discarding())
                            .thenApply(HttpResponse::statusCode))
                    .toList();
            assertThat(some).allSatisfy(status -> assertThat(status.join()).isEqualTo(400));
        }
    }

    private static HttpRequest invented(int number) {
        URI uri = Suite.tokens().uri();
        String body = "grant_type=urn:ietf:params:oauth:grant-type:token-exchange&client_id=" + Suite.SPA
                + "&subject_token_type=urn:ietf:params:oauth:token-type:id_token&subject_token=a.b.c&subject_issuer="
                + URLEncoder.encode("invented-" + number, StandardCharsets.UTF_8);
        return HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
    }

    private static void assertMore(int more, Scrape before, Scrape after, String name, String... labels) {
        assertThat(after.sum(name, labels) - before.sum(name, labels))
                .as("%s %s", name, List.of(labels))
                .isEqualTo(more);
    }
}
