package dev.socialexchange.keycloak.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import dev.socialexchange.keycloak.descriptor.NeutralEvent;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.signal.Heard;
import dev.socialexchange.keycloak.signal.SignalError;
import dev.socialexchange.keycloak.signal.SignalRefusal;
import dev.socialexchange.keycloak.signal.SignalRequest;
import dev.socialexchange.keycloak.signal.SignalVerifier;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the simulated providers say by themselves is what their documentation prints, and is taken as such. */
class SimulatedSignalsTest {
    private static final String RISC = "https://schemas.openid.net/secevent/risc/event-type/";
    private static final String OAUTH = "https://schemas.openid.net/secevent/oauth/event-type/";

    /** Of "a webhook's", made with another library. */
    private static final String DISCORD_KEY = "a08add3c9dd487caefc6ccf6682a73d4d282cca675bc96eba9c88ec6adf7e744";

    private static final BlockingQueue<SignalRequest> RECEIVED = new ArrayBlockingQueue<>(1);
    private static HttpServer receiver;

    private final OfflineKeycloak keycloak = Loopback.newNode().keeping("${vault.webhook}", "a webhook's");

    @BeforeAll
    static void listen() throws IOException {
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", exchange -> {
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            RECEIVED.add(new SignalRequest(headers, exchange.getRequestBody().readAllBytes()));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        receiver.start();
    }

    @AfterAll
    static void stop() {
        receiver.stop(0);
    }

    private static OfflineProvider provider(String type) {
        return type.equals("acme")
                ? OfflineProvider.openId(Map.of(
                        "clientId",
                        Loopback.providers().acme().clientId(),
                        "issuer",
                        Loopback.providers().acme().issuer(),
                        "useJwksUrl",
                        "true",
                        "jwksUrl",
                        "https://acme.example/jwks"))
                : OfflineProvider.ofType(
                        type,
                        Map.of(
                                "clientId",
                                client(type),
                                "clientSecret",
                                secret(type),
                                "exchangeSignalsSecret",
                                "${vault.webhook}",
                                "exchangeSignalsKey",
                                DISCORD_KEY));
    }

    private static String client(String type) {
        return switch (type) {
            case "google" -> Loopback.providers().google().clientId();
            case "github" -> Loopback.providers().github().clientId();
            case "facebook" -> Loopback.providers().facebook().clientId();
            default -> Loopback.providers().described(type).clientId();
        };
    }

    private static String secret(String type) {
        return switch (type) {
            case "google", "github" -> "unused";
            case "facebook" -> Loopback.providers().facebook().secret(client(type));
            default -> Loopback.providers().described(type).secret(client(type));
        };
    }

    private Heard said(String type, String name, Map<String, Object> order) throws IOException, InterruptedException {
        Map<String, Object> complete = new HashMap<>(order);
        complete.put("provider", type);
        if (!type.equals("tiktok") && !type.equals("naver")) { // which have the client's
            complete.put("secret", "a webhook's");
        }
        complete.put("url", "http://localhost:" + receiver.getAddress().getPort() + "/signals");
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(Loopback.providers().url() + "/_control/signals"))
                .POST(HttpRequest.BodyPublishers.ofString(new ObjectMapper().writeValueAsString(complete)))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.body()).isEqualTo("{\"status\":202,\"body\":\"\"}");
        OfflineProvider provider = provider(type);
        return new SignalVerifier(
                        keycloak,
                        provider,
                        name,
                        provider.descriptor().signals().get(name))
                .hear(RECEIVED.take());
    }

    @ParameterizedTest
    @CsvSource({
        "google, security-events, " + RISC + "account-disabled, ACCOUNT_DISABLED",
        "apple, notifications, account-delete, ACCOUNT_DELETED",
        "kakao, account-state, " + OAUTH + "user-unlinked, APP_DEAUTHORISED",
        "facebook, data-deletion, any, DATA_DELETION_REQUESTED",
        "instagram, deauthorize, any, APP_DEAUTHORISED",
        "acme, shared-signals, " + RISC + "credential-compromise, CREDENTIALS_COMPROMISED",
        "github, webhook, github_app_authorization, APP_DEAUTHORISED",
        "slack, events, tokens_revoked, APP_DEAUTHORISED",
        "zoom, events, app_deauthorized, APP_DEAUTHORISED",
        "twitch, eventsub, user.authorization.revoke, APP_DEAUTHORISED",
        "tiktok, webhook, authorization.removed, APP_DEAUTHORISED",
        "discord, webhook-events, APPLICATION_DEAUTHORIZED, APP_DEAUTHORISED",
        "naver, unlink, unlink, APP_DEAUTHORISED",
        "roblox, webhook, RightToErasureRequest, DATA_DELETION_REQUESTED"
    })
    void whatAProviderSaysIsUnderstood(String type, String name, String event, NeutralEvent meaning)
            throws IOException, InterruptedException {
        Person person = Loopback.newPerson();

        Heard heard = said(type, name, Map.of("event", event, "person", person.id(), "happened", 3));

        assertThat(((Heard.Told) heard).signal().events()).containsExactly(meaning);
        assertThat(((Heard.Told) heard).signal().subjects()).hasSize(1);
    }

    private static String eventOf(String type) {
        return switch (type) {
            case "github" -> "github_app_authorization";
            case "slack" -> "tokens_revoked";
            case "zoom" -> "app_deauthorized";
            case "twitch" -> "user.authorization.revoke";
            case "tiktok" -> "authorization.removed";
            case "roblox" -> "RightToErasureRequest";
            default -> RISC + "sessions-revoked";
        };
    }

    @ParameterizedTest
    @CsvSource({
        "google, security-events, forged, AUTHENTICATION_FAILED",
        "google, security-events, truncated, AUTHENTICATION_FAILED",
        "google, security-events, foreign_audience, INVALID_AUDIENCE",
        "google, security-events, id_token, INVALID_REQUEST",
        "facebook, deauthorize, forged, AUTHENTICATION_FAILED",
        "facebook, deauthorize, truncated, AUTHENTICATION_FAILED",
        "acme, shared-signals, forged, AUTHENTICATION_FAILED",
        "acme, shared-signals, foreign_audience, INVALID_AUDIENCE",
        "acme, shared-signals, id_token, INVALID_REQUEST",
        "github, webhook, forged, AUTHENTICATION_FAILED",
        "slack, events, truncated, AUTHENTICATION_FAILED",
        "zoom, events, foreign_audience, INVALID_AUDIENCE",
        "twitch, eventsub, foreign_audience, INVALID_AUDIENCE",
        "tiktok, webhook, forged, AUTHENTICATION_FAILED",
        "discord, webhook-events, forged, AUTHENTICATION_FAILED",
        "discord, webhook-events, truncated, AUTHENTICATION_FAILED",
        "discord, webhook-events, foreign_audience, INVALID_AUDIENCE",
        "naver, unlink, forged, AUTHENTICATION_FAILED",
        "naver, unlink, truncated, AUTHENTICATION_FAILED",
        "naver, unlink, foreign_audience, INVALID_AUDIENCE",
        "roblox, webhook, forged, AUTHENTICATION_FAILED"
    })
    void whatIsWrongWithItIsFound(String type, String name, String fault, SignalError error) {
        assertThatThrownBy(() -> said(
                        type,
                        name,
                        Map.of(
                                "event",
                                RISC + "sessions-revoked",
                                "person",
                                Loopback.newPerson().id(),
                                "fault",
                                fault)))
                .isInstanceOfSatisfying(SignalRefusal.class, refused -> assertThat(refused.error())
                        .as(refused.detail())
                        .isEqualTo(error));
    }
}
