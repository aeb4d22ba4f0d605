package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A realm's admin API, from any thread, for a confidential client whose service account may do what is asked. */
final class RealmClient {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;
    private static final int ATTEMPTS = 4;
    private static final String NO_JSON = "the answer is no JSON";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String server;
    private final String realm;
    private final String credentials;
    private final long pauseMillis;
    private final AtomicInteger unanswered = new AtomicInteger();
    private String token;

    /**
     * @param server the address that the admin API has, without a slash at its end
     * @param pauseMillis before something is asked again
     */
    RealmClient(String server, String realm, String clientId, String secret, long pauseMillis) {
        this.server = server;
        this.realm = encoded(realm);
        this.credentials = Base64.getEncoder()
                .encodeToString((encoded(clientId) + ':' + encoded(secret)).getBytes(StandardCharsets.UTF_8));
        this.pauseMillis = pauseMillis;
    }

    /**
     * What the realm says. A request that may have been lost is sent again: asking twice does what asking once does.
     *
     * @param path below the extension's own, with its query
     * @throws IOException if it refuses, or does not answer
     */
    JsonNode call(String path, UnaryOperator<HttpRequest.Builder> what) throws IOException, InterruptedException {
        IOException failed = null;
        boolean lost = false;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            String bearer = token();
            try {
                HttpResponse<String> answer = send(path, what, bearer);
                if (answer.statusCode() == OK) {
                    return Json.lenient(answer.body()).orElseThrow(() -> new IOException(NO_JSON));
                }
                failed = new IOException("the realm answers " + answer.statusCode());
                if (answer.statusCode() == UNAUTHORIZED) {
                    forget(bearer); // a token is not as long-lived as a run
                } else if (answer.statusCode() < SERVER_ERROR) {
                    break;
                } else {
                    lost = lose(lost);
                }
            } catch (IOException noAnswer) {
                failed = noAnswer;
                lost = lose(lost);
            }
            Thread.sleep(pauseMillis * attempt);
        }
        throw failed;
    }

    /** Each request counts once. */
    private boolean lose(boolean known) {
        unanswered.addAndGet(known ? 0 : 1);
        return true;
    }

    /** How many requests got no answer at first, or none at all, though the realm may have done what they asked for: a later answer is about what was left to do. */
    int unanswered() {
        return unanswered.get();
    }

    private HttpResponse<String> send(String path, UnaryOperator<HttpRequest.Builder> what, String bearer)
            throws IOException, InterruptedException {
        URI address = URI.create(server + "/admin/realms/" + realm + "/social-exchange/" + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(TIMEOUT).header("Authorization", "Bearer " + bearer);
        return http.send(what.apply(request).build(), HttpResponse.BodyHandlers.ofString());
    }

    private synchronized String token() throws IOException, InterruptedException {
        if (token == null) {
            token = newToken();
        }
        return token;
    }

    private synchronized void forget(String stale) {
        if (stale.equals(token)) {
            token = null;
        }
    }

    private String newToken() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(server + "/realms/" + realm + "/protocol/openid-connect/token"))
                        .timeout(TIMEOUT)
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("the realm does not accept the client: " + answer.statusCode());
        }
        return Json.lenient(answer.body())
                .orElseThrow(() -> new IOException(NO_JSON))
                .path("access_token")
                .asText();
    }

    /** Lines of JSON, as a request's body. */
    static HttpRequest.Builder post(HttpRequest.Builder request, String lines) {
        return request.header("Content-Type", "application/x-ndjson").POST(HttpRequest.BodyPublishers.ofString(lines));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
