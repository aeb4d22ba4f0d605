package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Elsewhere;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ReverseProxy;
import dev.socialexchange.keycloak.it.support.ReverseProxy.Kind;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.simulator.Oidc;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rules of {@code operations/} in real proxies, in front of a real Keycloak that takes their word for who is there. */
@WithOneKeycloak
class ProxyLimitsIT {
    /** So many requests at a time, of which some are on their way already when a limit is reached. */
    private static final int AT_A_TIME = 25;

    /** Of the impatient ones. */
    private static final int FEW = 50;

    private static final String FORWARDED_FOR = "X-Forwarded-For";

    private final OwnRealm realm = OwnRealm.create();
    private final App app =
            App.of(realm, client -> client.putArray("webOrigins").add("+"));

    /** Keycloak's own throttle off: what is refused here is refused by the proxy. */
    private final String alias = provider("0");

    private Elsewhere somebody;
    private Elsewhere another;
    private ReverseProxy proxy;

    @BeforeEach
    void arrive() throws IOException {
        somebody = Elsewhere.at("127.0.0.5");
        another = Elsewhere.at("127.0.0.6");
    }

    @AfterEach
    void leave() throws IOException {
        somebody.close();
        another.close();
        if (proxy != null) {
            proxy.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFloodFromOneAddressEndsAtTheProxyAndAGoodTokenFromAnotherPasses(Kind kind) {
        start(kind, Map.of());
        int limit = kind == Kind.HAPROXY ? 1000 : 400;
        long begin = System.nanoTime();

        List<Answer> answers = flood(i -> somebody.through(proxy, bad(i)));

        double seconds = (System.nanoTime() - begin) / 1e9;
        List<Answer> reached =
                answers.stream().filter(answer -> answer.status() == 400).toList();
        assertThat(reached)
                .hasSizeBetween(limit, limit + AT_A_TIME + (kind == Kind.HAPROXY ? 0 : (int) (20 * seconds)));
        assertThat(reached).extracting(Answer::errorReason).containsOnly("token_invalid");
        Answer refused = answers.stream()
                .filter(answer -> answer.status() == 429)
                .findFirst()
                .orElseThrow();
        assertThat(refused.header("Retry-After")).contains("60");
        if (kind != Kind.INGRESS) { // whose body is nginx's own page
            assertRefused(refused, 429, "temporarily_unavailable", "throttled");
            assertThat(refused.header("Content-Type")).contains("application/json");
        }
        assertTokens(another.through(proxy, good()));
        assertThat(addresses("TOKEN_EXCHANGE")).containsExactly("127.0.0.6");
        assertThat(addresses("TOKEN_EXCHANGE_ERROR")).hasSize(reached.size()).containsOnly("127.0.0.5");
    }

    @ParameterizedTest
    @EnumSource
    void whatACallerSaysOfTheirAddressIsOverwritten(Kind kind) {
        start(kind, Map.of());

        Answer tokens = somebody.through(
                proxy,
                good().header(FORWARDED_FOR, "203.0.113.9")
                        .header(FORWARDED_FOR, "203.0.113.10, 203.0.113.11")
                        .header("Forwarded", "for=203.0.113.12;host=evil.example;proto=http")
                        .header("X-Forwarded-Host", "evil.example")
                        .header("X-Forwarded-Prefix", "/evil")
                        .header("X-Forwarded-Proto", "http")
                        .header("X-Forwarded-Ssl", "off")
                        .header("X-Forwarded-Port", "81"));

        assertTokens(tokens);
        assertThat(addresses("TOKEN_EXCHANGE")).containsExactly("127.0.0.5");
        assertThat(tokens.claims().path("iss").asText()).isEqualTo(proxy.url() + "/realms/" + realm.name());
    }

    /** The fault that is in many a proxy's file, and the control of what stands above. */
    @ParameterizedTest
    @EnumSource
    void aProxyThatAddsToWhatCameLetsCallersChooseTheirAddress(Kind kind) {
        start(
                kind,
                switch (kind) {
                    case NGINX ->
                        Map.of("X-Forwarded-For    $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for");
                    case HAPROXY -> Map.of("http-request set-header X-Forwarded-For   %[src]", "option forwardfor");
                    case INGRESS ->
                        Map.of(
                                "use-forwarded-headers: \"false\"", "use-forwarded-headers: \"true\"",
                                "compute-full-forwarded-for: \"false\"", "compute-full-forwarded-for: \"true\"");
                });

        assertTokens(somebody.through(proxy, good().header(FORWARDED_FOR, "203.0.113.9")));

        assertThat(addresses("TOKEN_EXCHANGE")).containsExactly("203.0.113.9");
    }

    /** So that whoever invents addresses is still one for Keycloak, and nobody else is. */
    @ParameterizedTest
    @EnumSource
    void keycloaksOwnThrottleCountsTheAddressesBehindTheProxy(Kind kind) {
        start(kind, Map.of());
        String throttling = provider("5");

        List<Answer> answers = IntStream.range(0, 20)
                .mapToObj(i -> somebody.through(
                        proxy,
                        bad(throttling, i)
                                .header(FORWARDED_FOR, "203.0.113." + i)
                                .origin(origin())))
                .toList();

        Answer last = answers.get(19);
        assertRefused(last, 429, "temporarily_unavailable", "throttled");
        assertThat(last.text("error_description")).as("Keycloak's").isNotEqualTo("Too many requests");
        assertThat(last.header("Access-Control-Allow-Origin")).contains(origin());
        assertThat(another.through(proxy, bad(throttling, 20)).errorReason()).isEqualTo("token_invalid");
    }

    /** Only the proxy's machine is taken at its word. */
    @Test
    void whoReachesKeycloakBesideTheProxyIsNotBelieved() throws IOException {
        TokenRequest request = good().header(FORWARDED_FOR, "203.0.113.9");
        try (Elsewhere proxysPlace = Elsewhere.at("127.0.0.1")) {
            assertThat(somebody.status(request)).isEqualTo(200);
            assertThat(proxysPlace.status(
                            good().header(FORWARDED_FOR, "203.0.113.9").header("X-Forwarded-Proto", "https")))
                    .isEqualTo(200);
        }

        assertThat(addresses("TOKEN_EXCHANGE")).containsExactlyInAnyOrder("127.0.0.5", "203.0.113.9");
    }

    @ParameterizedTest
    @EnumSource
    void aFrontEndInABrowserReadsTheProxysRefusal(Kind kind) throws IOException {
        start(kind, impatient(kind));
        try (Elsewhere browsersPlace = Elsewhere.at("127.0.0.1")) {
            flood(i -> browsersPlace.through(proxy, bad(i)));
        }

        String body = kind == Kind.INGRESS
                ? "text().then(body => /429/.exec(body)[0])"
                : "json().then(body => body.error_reason)";
        JsonNode read = Chromium.newBrowser()
                .takesAnyCertificate()
                .open(app.redirectUri())
                .promised(
                        """
                        fetch('%s', {method: 'POST', body: new URLSearchParams({grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange'})})
                            .then(answer => answer.%s.then(said => [answer.status, answer.headers.get('Retry-After'), said]))
                        """
                                .formatted(through(tokenPath()), body));

        assertThat(read)
                .extracting(JsonNode::asText)
                .containsExactly("429", "60", kind == Kind.INGRESS ? "429" : "throttled");
    }

    @ParameterizedTest
    @EnumSource
    void anIpv6SubscriberIsOneHoweverManyAddressesTheyHave(Kind kind) throws IOException {
        start(kind, impatient(kind));
        try (Elsewhere balancer = Elsewhere.at(ReverseProxy.BALANCER)) {
            flood(i -> balancer.through(proxy, from("2001:db8:0:a::" + Integer.toHexString(i), bad(i))));

            assertThat(balancer.through(proxy, from("2001:db8:0:a:ffff:ffff:ffff:ffff", good()))
                            .status())
                    .isEqualTo(429);
            assertTokens(balancer.through(proxy, from("2001:db8:0:b::1", good())));
            assertTokens(balancer.through(proxy, from("192.0.2.1", good())));
        }

        assertThat(addresses("TOKEN_EXCHANGE")).containsExactlyInAnyOrder("2001:db8:0:b::1", "192.0.2.1");
    }

    /** Keycloak's routes are the same to whoever spells them otherwise, or are none. */
    @ParameterizedTest
    @EnumSource
    void noSpellingOfAnExchangeGoesByTheLimit(Kind kind) {
        start(kind, impatient(kind));
        flood(i -> somebody.through(proxy, bad(i)));
        String exchange = form(bad(0));
        String path = tokenPath();

        List<Answer> answers = new ArrayList<>();
        for (String spelling : List.of(
                path + "/",
                path + ";x=1",
                path + ";x=1/",
                path.replace("/token", "/%74oken"),
                path.replace("/token", "//token"),
                path.replace("/token", "/x/../token"),
                path.replace("/token", "/./token"),
                path.replace("/openid-connect", "/openid-connect;x=1"),
                path.replace("/protocol", ";x=1/protocol"),
                path.replace("/protocol", "/%70rotocol"),
                path.replace("/realms", "//realms"),
                path.replace("/realms", "/realms;x=1"),
                path + "?grant_type=refresh_token")) {
            answers.add(somebody.post(through(spelling), exchange, List.of()));
        }
        for (String spelling : List.of(
                exchange.replace("grant_type", "grant%5Ftype"),
                exchange + "&grant_type=refresh_token",
                "grant_type=refresh_token&" + exchange,
                "x=" + "y".repeat(20_000) + "&" + exchange)) {
            answers.add(somebody.post(through(path), spelling, List.of()));
        }

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body()).isBetween(400, 499);
            assertThat(answer.errorReason()).as(answer.body()).isIn("", "throttled");
        });
    }

    @ParameterizedTest
    @EnumSource
    void theOtherDoorsHaveALimitOfTheirOwn(Kind kind) {
        start(kind, impatient(kind));
        String door = "/realms/" + realm.name() + "/social-exchange/providers?client_id=" + app.clientId();

        List<Answer> answers = flood(i -> somebody.get(through(door)));

        assertThat(answers.get(0).status()).isEqualTo(200);
        assertThat(answers.stream().filter(answer -> answer.status() == 200).count())
                .isGreaterThanOrEqualTo(FEW);
        assertThat(somebody.get(through("/realms/" + realm.name() + "/.well-known/openid-configuration"))
                        .status())
                .isEqualTo(200);
        assertTokens(somebody.through(proxy, good()));
        assertThat(another.get(through(door)).status()).isEqualTo(200);
    }

    /** nginx sees neither body nor outcome in time, and counts them. */
    @Test
    void atHaproxyNeitherSuccessesNorOtherGrantsCountNorAreRefused() {
        start(Kind.HAPROXY, impatient(Kind.HAPROXY));
        String refreshToken = somebody.through(proxy, good()).refreshToken();

        for (int i = 0; i < FEW + AT_A_TIME; i++) {
            assertTokens(somebody.through(proxy, good()));
            assertThat(somebody.through(proxy, refresh("no-refresh-token")).error())
                    .isEqualTo("invalid_grant");
        }
        flood(i -> somebody.through(proxy, bad(i)));
        assertThat(somebody.through(proxy, refresh(refreshToken)).status()).isEqualTo(200);
    }

    private void start(Kind kind, Map<String, String> changes) {
        assumeTrue(kind.installed().isPresent(), "no " + kind.program() + " here");
        proxy = ReverseProxy.start(kind, Suite.keycloak(), changes);
    }

    /** The same rules, with limits that are reached soon. */
    private static Map<String, String> impatient(Kind kind) {
        return switch (kind) {
            case NGINX -> Map.of("burst=400", "burst=" + FEW, "rate=20r/s", "rate=1r/m");
            case HAPROXY -> Map.of("gt 1000", "gt " + FEW, "gt 1200", "gt " + FEW);
            case INGRESS ->
                Map.of("limit-rps: \"20\"", "limit-rpm: \"1\"", "multiplier: \"20\"", "multiplier: \"" + FEW + '"');
        };
    }

    /** Until one is turned away. */
    private static List<Answer> flood(IntFunction<Answer> request) {
        List<Answer> answers = new ArrayList<>();
        while (answers.stream().noneMatch(answer -> answer.status() == 429)) {
            assertThat(answers).as("before anything is turned away").hasSizeLessThan(4000);
            int first = answers.size();
            answers.addAll(IntStream.range(first, first + AT_A_TIME)
                    .parallel()
                    .mapToObj(request)
                    .toList());
        }
        return answers;
    }

    private String provider(String throttle) {
        return app.provider("acme", copy -> copy.withObject("/config").put("exchangeThrottle", throttle));
    }

    private TokenRequest bad(int number) {
        return bad(alias, number);
    }

    private TokenRequest bad(String provider, int number) {
        return realm.request(app.clientId(), provider, TokenType.ID_TOKEN, "no-token-" + number);
    }

    private TokenRequest good() {
        return realm.request(
                app.clientId(),
                alias,
                TokenType.ID_TOKEN,
                Suite.providers().acme().idToken(Oidc.CLIENT_ID, Suite.newPerson()));
    }

    private TokenRequest refresh(String refreshToken) {
        return realm.tokens().refresh(refreshToken).as(app.clientId());
    }

    private static TokenRequest from(String address, TokenRequest request) {
        return request.header(ReverseProxy.FROM, address);
    }

    private static String form(TokenRequest request) {
        return String.join(
                "&",
                request.parameters().stream()
                        .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                        .toList());
    }

    private String tokenPath() {
        return realm.tokens().uri().getRawPath();
    }

    private URI through(String path) {
        return URI.create(proxy.url() + path);
    }

    private String origin() {
        return app.redirectUri().replace("/callback", "");
    }

    /** Where Keycloak's events say that they came from. */
    private List<String> addresses(String type) {
        List<String> addresses = new ArrayList<>();
        realm.admin()
                .events("type=" + type + "&max=5000")
                .forEach(event -> addresses.add(event.path("ipAddress").asText()));
        return addresses;
    }
}
