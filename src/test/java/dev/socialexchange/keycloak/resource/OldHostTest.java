package dev.socialexchange.keycloak.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.socialexchange.keycloak.it.support.Eventually;
import dev.socialexchange.keycloak.it.support.ReverseProxy;
import dev.socialexchange.keycloak.shape.AppRequest;
import dev.socialexchange.keycloak.shape.Meant;
import dev.socialexchange.keycloak.shape.Shape;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code operations/drop-in.nginx.conf} in a real nginx: where the calls of apps that are out go, with what, and what is written of them. */
class OldHostTest {
    private static final String DOORS = "/realms/shop/social-exchange/drop-in/";
    private static final String SECRET = "the-provider-s-token";

    /** As the door would get it. */
    private record Arrived(String method, URI uri, Headers headers) {}

    private static HttpServer keycloak;
    private static ReverseProxy proxy;
    private static Arrived arrived;

    @BeforeAll
    static void start() throws IOException {
        assumeTrue(ReverseProxy.Kind.NGINX.installed().isPresent(), "no nginx here");
        keycloak = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        keycloak.createContext("/", exchange -> {
            arrived = new Arrived(exchange.getRequestMethod(), exchange.getRequestURI(), exchange.getRequestHeaders());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        keycloak.start();
        proxy = ReverseProxy.oldHost(address(), "shop", "app-of-old");
    }

    @AfterAll
    static void stop() {
        if (proxy != null) {
            proxy.close();
        }
        if (keycloak != null) {
            keycloak.stop(0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /auth/convert-token/, drf-social-oauth2, convert-token/",
        "POST, /auth/convert-token, drf-social-oauth2, convert-token",
        "POST, /auth/token, drf-social-oauth2, token",
        "POST, /auth/revoke-token, drf-social-oauth2, revoke-token",
        "POST, /auth/invalidate-sessions, drf-social-oauth2, invalidate-sessions",
        "POST, /auth/invalidate-refresh-tokens/, drf-social-oauth2, invalidate-refresh-tokens/",
        "POST, /dj-rest-auth/google/, dj-rest-auth, google/",
        "POST, /dj-rest-auth/token/refresh/, dj-rest-auth, token/refresh/",
        "POST, /dj-rest-auth/token/verify/, dj-rest-auth, token/verify/",
        "GET, /dj-rest-auth/user/, dj-rest-auth, user/",
        "POST, /dj-rest-auth/logout/, dj-rest-auth, logout/",
        "POST, /api/login/social/jwt-pair/, rest-social-auth, social/jwt-pair/",
        "POST, /api/login/social/jwt-pair-user/google-oauth2/, rest-social-auth, social/jwt-pair-user/google-oauth2/",
        "POST, /api/token/refresh/, rest-social-auth, token/refresh/",
        "POST, /auth/v1/token?grant_type=id_token, supabase, auth/v1/token?grant_type=id_token",
        "GET, /auth/v1/user, supabase, auth/v1/user",
        "POST, /auth/v1/logout?scope=local, supabase, auth/v1/logout?scope=local",
        "POST, /oauth/token, auth0, oauth/token",
        "POST, /oauth/revoke, auth0, oauth/revoke",
        "GET, /userinfo, auth0, userinfo"
    })
    void anOldAddressLeadsToACallOfItsShape(String method, String old, String shape, String path) throws Exception {
        assertThat(send(method, old).statusCode()).isEqualTo(200);

        assertThat(arrived.method()).isEqualTo(method);
        assertThat(arrived.uri()).hasToString(DOORS + shape + "/app-of-old/" + path);
        AppRequest request = new AppRequest(
                method,
                path.replaceAll("/?(\\?.*)?$", ""),
                Map.of(),
                JsonNodeFactory.instance.objectNode(),
                Optional.empty());
        assertThat(Shape.all().stream()
                        .filter(one -> one.name().equals(shape))
                        .findFirst()
                        .orElseThrow()
                        .read(request))
                .isNotInstanceOf(Meant.Nothing.class);
    }

    @ParameterizedTest
    @CsvSource({
        "/auth/login",
        "/auth/convert-token/x",
        "/auth/disconnect-backend",
        "/auth/v1/signup",
        "/auth/v1/settings",
        "/dj-rest-auth/password/reset/",
        "/dj-rest-auth/google/connect/",
        "/api/login/social/session/",
        "/oauth/authorize",
        "/x/auth/convert-token"
    })
    void allOthersGoWhereTheyWent(String old) throws Exception {
        arrived = null;

        assertThat(send("POST", old).body()).isEqualTo("of old");

        assertThat(arrived).isNull();
    }

    @Test
    void nothingThatACallerSaysOfThemselvesReachesKeycloak() throws Exception {
        send(
                "POST",
                "/auth/convert-token",
                "X-Forwarded-For",
                "203.0.113.9",
                "X-Forwarded-Host",
                "evil.example",
                "X-Forwarded-Proto",
                "ftp",
                "X-Forwarded-Port",
                "81",
                "X-Forwarded-Prefix",
                "/evil",
                "X-Forwarded-Ssl",
                "off",
                "Forwarded",
                "for=203.0.113.12;host=evil.example",
                "SSL-Client-Cert",
                "evil",
                "SSL_CLIENT_CERT",
                "evil",
                "X-Forwarded-Client-Cert",
                "evil",
                "X-Forwarded-Tls-Client-Cert",
                "evil",
                "X-Forwarded-Tls-Client-Cert-Info",
                "evil",
                "Client-Cert",
                ":evil:",
                "Client-Cert-Chain",
                ":evil:");

        assertThat(arrived.headers().get("Host")).containsExactly(address().getAuthority());
        assertThat(arrived.headers().get("X-Forwarded-For")).containsExactly("127.0.0.1");
        assertThat(arrived.headers().get("X-Forwarded-Host"))
                .containsExactly(address().getHost());
        assertThat(arrived.headers().get("X-Forwarded-Proto")).containsExactly("http");
        assertThat(arrived.headers().get("X-Forwarded-Port"))
                .containsExactly(String.valueOf(address().getPort()));
        assertThat(arrived.headers().keySet())
                .noneMatch(name -> name.equalsIgnoreCase("Forwarded")
                        || name.toLowerCase(Locale.ROOT).matches("x-forwarded-(prefix|ssl)")
                        || name.toLowerCase(Locale.ROOT).contains("client"));
        assertThat(arrived.headers().values().toString()).doesNotContain("evil").doesNotContain("203.0.113");
    }

    /** What apps put there is no business of the realm's logs, either. */
    @Test
    void aQueryIsNeitherPassedOnNorWritten() throws Exception {
        try (ReverseProxy ofItsOwn =
                ReverseProxy.oldHost(address(), "shop", "app-of-old")) { // whose log has nobody else's line
            send(ofItsOwn, "POST", "/auth/convert-token?token=" + SECRET);

            assertThat(arrived.uri().getQuery()).isNull();
            assertThat(logged(ofItsOwn, "/convert-token 200")).doesNotContain(SECRET);
        }
    }

    @Test
    void neitherIsItWrittenWhereKeycloakDoesNotAnswer() throws Exception {
        ServerSocket gone = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        URI nobody = URI.create("http://127.0.0.1:" + gone.getLocalPort());
        gone.close();
        try (ReverseProxy leadsNowhere = ReverseProxy.oldHost(nobody, "shop", "app-of-old")) {
            HttpResponse<String> answer = send(leadsNowhere, "POST", "/auth/v1/token?grant_type=" + SECRET);

            assertThat(answer.statusCode()).isEqualTo(502);
            assertThat(logged(leadsNowhere, "/auth/v1/token 502")).doesNotContain(SECRET);
        }
    }

    /** All logs, once this is in them: nginx writes a line after the answer. */
    private static String logged(ReverseProxy by, String line) throws InterruptedException {
        Eventually.await(line, Duration.ofSeconds(30), () -> by.logs().contains(line));
        return by.logs();
    }

    private static URI address() {
        return URI.create("http://127.0.0.1:" + keycloak.getAddress().getPort());
    }

    private static HttpResponse<String> send(String method, String path, String... headers)
            throws IOException, InterruptedException {
        return send(proxy, method, path, headers);
    }

    private static HttpResponse<String> send(ReverseProxy through, String method, String path, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(through.url() + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
