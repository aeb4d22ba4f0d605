package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** Requests that are sent, or only printed. Redirects are not followed: what is sent is for that address alone. */
final class Http {
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final boolean dry;
    private final PrintStream output;

    /** @param dry whether requests are printed, without what is secret in them, and not sent */
    Http(boolean dry, PrintStream output) {
        this.dry = dry;
        this.output = output;
    }

    boolean isDry() {
        return dry;
    }

    /**
     * What was answered.
     *
     * @param json missing where the answer is none
     */
    record Reply(int status, JsonNode json) {
        boolean isGood() {
            return status / 100 == 2;
        }

        /** The transmitter's own words, for people. */
        String said() {
            JsonNode error = json.path("error");
            return Stream.of(error.path("message"), json.path("error_description"), json.path("description"), error)
                    .filter(JsonNode::isTextual)
                    .findFirst()
                    .map(text -> ": " + Printable.of(text.asText()))
                    .orElse("");
        }
    }

    /** A public document, which is read in a dry run as well. */
    Reply document(URI address) {
        return send(HttpRequest.newBuilder(address).GET(), address);
    }

    /**
     * @param token is printed nowhere
     * @param body empty for none
     * @return empty if the request was printed only
     */
    Optional<Reply> json(String method, URI address, String token, Optional<JsonNode> body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address).header("Authorization", "Bearer " + token);
        body.ifPresent(json -> request.header("Content-Type", "application/json"));
        request.method(
                method,
                body.map(json -> BodyPublishers.ofString(json.toString())).orElse(BodyPublishers.noBody()));
        if (dry) {
            output.println(method + " " + address);
            output.println("Authorization: Bearer …");
            body.ifPresent(json -> output.println("Content-Type: application/json\n\n" + Json.pretty(json)));
            output.println();
            return Optional.empty();
        }
        return Optional.of(send(request, address));
    }

    /**
     * @param secret for HTTP Basic (RFC 6749 §2.3.1); is printed nowhere
     * @return empty if the request was printed only
     */
    Optional<Reply> form(URI address, String client, String secret, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(field -> encode(field.getKey()) + '=' + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        if (dry) {
            output.println("POST " + address + "\nAuthorization: Basic …\n"
                    + "Content-Type: application/x-www-form-urlencoded\n\n" + body + "\n");
            return Optional.empty();
        }
        String credentials = Base64.getEncoder()
                .encodeToString((encode(client) + ':' + encode(secret)).getBytes(StandardCharsets.UTF_8));
        return Optional.of(send(
                HttpRequest.newBuilder(address)
                        .header("Authorization", "Basic " + credentials)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)),
                address));
    }

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private Reply send(HttpRequest.Builder request, URI address) {
        request.header("Accept", "application/json").timeout(Duration.ofSeconds(30));
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            if (response.statusCode() / 100 == 3) {
                throw StreamFailure.noAnswer(
                        address + " answers that it is to be found elsewhere; nothing was sent there");
            }
            return new Reply(response.statusCode(), Json.read(response.body()).orElseGet(Json::object));
        } catch (IOException none) {
            throw StreamFailure.noAnswer("No answer from " + address.getHost() + ": " + why(none), none);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw StreamFailure.noAnswer("Interrupted while waiting for " + address.getHost(), interrupted);
        }
    }

    private static String why(IOException none) {
        if (Stream.<Throwable>iterate(none, Objects::nonNull, Throwable::getCause)
                .anyMatch(SSLException.class::isInstance)) {
            return "its certificate is not trusted, or it does not speak TLS. An authority of your own is named to Java:"
                    + " java -Djavax.net.ssl.trustStore=FILE -jar …";
        }
        if (none instanceof HttpTimeoutException) {
            return "it takes too long. A proxy is named to Java: java -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT -jar …";
        }
        return none instanceof ConnectException
                ? "the name is not known here, or nothing listens there"
                : "the connection broke";
    }
}
