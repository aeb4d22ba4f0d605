package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** The admin API's address for transfers, for a client whose service account may manage users and see them and identity providers. */
final class TransferRealm {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int SERVER_ERROR = 500;
    private static final int ATTEMPTS = 4;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI address;
    private final URI tokens;
    private final String credentials;
    private final long pauseMillis;
    private String token;

    /**
     * @param server the address that the admin API has, without a slash at its end
     * @param pauseMillis before something is asked again
     */
    TransferRealm(String server, String realm, String alias, String clientId, String secret, long pauseMillis) {
        String name = RealmApi.encoded(realm);
        this.address =
                URI.create(server + "/admin/realms/" + name + "/social-exchange/transfers/" + RealmApi.encoded(alias));
        this.tokens = URI.create(server + "/realms/" + name + "/protocol/openid-connect/token");
        this.credentials = "grant_type=client_credentials&client_id=" + RealmApi.encoded(clientId) + "&client_secret="
                + RealmApi.encoded(secret);
        this.pauseMillis = pauseMillis;
    }

    /** Those who are linked, from the first one that is wanted on; empty when there are no more. */
    JsonNode linked(int first, int max) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(URI.create(address + "?first=" + first + "&max=" + max))
                .GET());
    }

    /** What has become of the lines: a request that may have been lost is sent again, and changes nothing then. */
    JsonNode take(List<String> lines) throws IOException, InterruptedException {
        return sent(HttpRequest.newBuilder(address)
                .header("Content-Type", "application/x-ndjson")
                .POST(HttpRequest.BodyPublishers.ofString(String.join("\n", lines))));
    }

    private JsonNode sent(HttpRequest.Builder request) throws IOException, InterruptedException {
        int status = 0;
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            if (token == null) {
                token = newToken();
            }
            HttpResponse<String> answer = http.send(
                    request.timeout(TIMEOUT)
                            .setHeader("Authorization", "Bearer " + token)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            status = answer.statusCode();
            if (status == OK) {
                return Json.lenient(answer.body()).orElseThrow(() -> new IOException("the answer is no JSON"));
            }
            if (status == UNAUTHORIZED) {
                token = null; // a token is not as long-lived as a transfer
            } else if (status < SERVER_ERROR) {
                break;
            }
            Thread.sleep(pauseMillis * attempt);
        }
        throw new IOException("the realm answers " + status);
    }

    private String newToken() throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(tokens)
                        .timeout(TIMEOUT)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(credentials))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != OK) {
            throw new IOException("the realm does not accept the client: " + answer.statusCode());
        }
        return Json.lenient(answer.body())
                .orElseThrow(() -> new IOException("the answer is no JSON"))
                .path("access_token")
                .asText();
    }
}
