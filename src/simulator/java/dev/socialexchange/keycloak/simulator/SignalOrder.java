package dev.socialexchange.keycloak.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Something that a provider is to say about somebody.
 *
 * @param event as the provider calls it
 * @param url of the receiver
 * @param client_id of the app that it is said to; by default the one that the demo realm uses
 * @param happened how many seconds ago
 * @param secret of a webhook; by default the client's
 * @param fault what is wrong with it: {@code forged}, {@code truncated}, {@code foreign_audience} or {@code id_token}; none if absent
 */
record SignalOrder(
        String provider,
        Object person,
        String event,
        String url,
        String client_id,
        long happened,
        Map<String, Object> details,
        String secret,
        String fault) {
    private static final List<String> FAULTS = List.of("forged", "truncated", "foreign_audience", "id_token");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** @return what the receiver answers */
    Response send(Provider from, Person someone) {
        if (fault != null && !FAULTS.contains(fault)) {
            throw new IllegalArgumentException("fault must be one of " + FAULTS);
        }
        if (url == null) {
            throw new IllegalArgumentException("url is missing");
        }
        WebhookForm webhook = WebhookForm.of(provider);
        SignalMessage message = webhook == null
                ? SignalForm.of(from, provider).message(this, from, someone)
                : webhook.message(this, from, someone);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.ofString(message.body()));
        message.headers().forEach(request::header);
        try {
            HttpResponse<String> answer =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            return Response.json(200, Json.object("status", answer.statusCode(), "body", answer.body()));
        } catch (IOException unreachable) {
            return Response.json(502, Json.object("error", "receiver_unreachable"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Response.json(503, Json.object("error", "interrupted"));
        }
    }

    boolean is(String what) {
        return what.equals(fault);
    }

    /** What comes with the event, beside what all have. */
    Map<String, Object> detailsOrNone() {
        return details == null ? Map.of() : details;
    }
}
