package dev.socialexchange.keycloak.command;

import java.io.IOException;
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
import java.security.cert.CertificateException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/** HTTP to the one server. Redirects are not followed: what is sent is for this address alone. */
final class Connection {
    /** A check waits for several calls to a provider, each with a deadline of its own. */
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    private final HttpClient client = HttpClient.newBuilder()
            // Keycloak would answer the upgrade request of every new connection
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(10))
            .build();
    private final URI server;

    Connection(URI server) {
        this.server = server;
    }

    URI server() {
        return server;
    }

    HttpResponse<String> get(String path, Map<String, String> headers) {
        return send(HttpRequest.newBuilder().GET(), path, headers);
    }

    HttpResponse<String> post(String path, Map<String, String> headers, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + '=' + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return send(
                HttpRequest.newBuilder()
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(body)),
                path,
                headers);
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path, Map<String, String> headers) {
        headers.forEach(request::header);
        request.uri(URI.create(server + path)).timeout(TIMEOUT);
        try {
            return accepted(client.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException none) {
            throw CommandFailure.noAnswer("No answer from " + server + ": " + why(none), none);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw CommandFailure.noAnswer("Interrupted while waiting for " + server, interrupted);
        }
    }

    private HttpResponse<String> accepted(HttpResponse<String> response) {
        if (response.statusCode() / 100 == 3) {
            throw CommandFailure.noAnswer(server + " answers that it is to be found elsewhere: "
                    + Printable.of(response.headers().firstValue("Location").orElse("it does not say where"))
                    + ". Give the right address as --server");
        }
        if (response.statusCode() / 100 == 5) {
            throw CommandFailure.noAnswer(server + " answers " + response.statusCode()
                    + ": try again, and look at its health and its log if it stays so");
        }
        return response;
    }

    private static String why(IOException none) {
        if (Stream.<Throwable>iterate(none, Objects::nonNull, Throwable::getCause)
                .anyMatch(CertificateException.class::isInstance)) {
            return "its certificate is not trusted, or not for this name. An authority of your own is named to Java:"
                    + " java -Djavax.net.ssl.trustStore=FILE -jar …";
        }
        if (none instanceof SSLException) {
            return "it does not speak TLS there, or none that Java speaks. Is the port of --server right?";
        }
        if (none instanceof HttpTimeoutException) {
            return "it takes too long. Is a firewall in between? A proxy is named to Java:"
                    + " java -Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT -jar …";
        }
        if (none instanceof ConnectException) {
            return "the name is not known here, or nothing listens there. Look at --server";
        }
        return "the connection broke. Is this the port that speaks HTTPS or HTTP, as --server says?";
    }

    static String encode(String text) {
        // for a path as well, where a plus is a plus
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
