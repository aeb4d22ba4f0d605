package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Authenticated calls to the admin REST API. The token is kept until shortly before it expires. */
final class AdminHttp {

    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final URI server;
    private final AdminCredentials credentials;
    private String token;
    private Instant renewAt = Instant.MIN;

    AdminHttp(URI server, AdminCredentials credentials) {
        this.server = server;
        this.credentials = credentials;
    }

    JsonNode get(String path) {
        return Json.lenient(send("GET", path, BodyPublishers.noBody()).body());
    }

    /** Answers the last path segment of the Location header: the id of what was created. */
    String post(String path, Object body) {
        HttpResponse<String> response = send("POST", path, BodyPublishers.ofString(Json.write(body)));
        String location = response.headers().firstValue("Location").orElse("");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    void put(String path, Object body) {
        send("PUT", path, BodyPublishers.ofString(Json.write(body)));
    }

    void delete(String path) {
        send("DELETE", path, BodyPublishers.noBody());
    }

    private HttpResponse<String> send(String method, String path, BodyPublisher body) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/admin/realms" + path))
                .timeout(Http.TIMEOUT)
                .header("Authorization", "Bearer " + token())
                .header("Content-Type", "application/json")
                .method(method, body)
                .build();
        HttpResponse<String> response = Http.send(request);
        if (response.statusCode() >= 300) {
            throw new IllegalStateException(
                    "%s %s answered %d: %s".formatted(method, path, response.statusCode(), response.body()));
        }
        return response;
    }

    /** Whatever the answer is. */
    Answer form(String path, List<Map.Entry<String, String>> fields, Map<String, String> headers) {
        RawRequest request =
                RawRequest.to(URI.create(server + "/admin/realms" + path)).header("Authorization", "Bearer " + token());
        headers.forEach(request::header);
        fields.forEach(field -> request.form(field.getKey(), field.getValue()));
        return request.send();
    }

    private synchronized String token() {
        Instant now = Instant.now();
        if (now.isAfter(renewAt)) {
            Answer answer = new TokenEndpoint(server, "master")
                    .password(credentials.username(), credentials.password())
                    .as("admin-cli")
                    .send();
            if (answer.status() != 200) {
                throw new IllegalStateException("the administrator cannot sign in: " + answer.body());
            }
            token = answer.accessToken();
            renewAt = now.plusSeconds(answer.json().path("expires_in").asLong()).minus(MARGIN);
        }
        return token;
    }
}
