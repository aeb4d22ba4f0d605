package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/**
 * What an endpoint answered.
 *
 * @param json the body as JSON; a missing node if it is none
 */
public record Answer(int status, HttpHeaders headers, JsonNode json, String body, Duration took) {

    static Answer of(HttpResponse<String> response, long startedAt) {
        Duration took = Duration.ofNanos(System.nanoTime() - startedAt);
        return new Answer(
                response.statusCode(), response.headers(), Json.lenient(response.body()), response.body(), took);
    }

    public Optional<String> header(String name) {
        return headers.firstValue(name);
    }

    /** A field of the body as text; empty if it is absent. */
    public String text(String field) {
        return json.path(field).asText("");
    }

    public String error() {
        return text("error");
    }

    public String errorReason() {
        return text("error_reason");
    }

    public String accessToken() {
        return text("access_token");
    }

    public String refreshToken() {
        return text("refresh_token");
    }

    /** Claims of the access token. */
    public JsonNode claims() {
        return Json.claims(accessToken());
    }
}
