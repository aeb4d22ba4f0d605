package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a tab asks for, and what it complains of: exceptions, broken policies, failed requests. */
public final class TabWatch {
    private final Chromium chromium;
    private final String session;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private volatile String bearer = "";
    private final Map<String, String> answers = new ConcurrentHashMap<>();

    private TabWatch(Chromium chromium, String session) {
        this.chromium = chromium;
        this.session = session;
    }

    static TabWatch of(Chromium chromium, String session) {
        TabWatch watch = new TabWatch(chromium, session);
        chromium.hear(session, watch::heard);
        List.of("Network.enable", "Log.enable", "Runtime.enable")
                .forEach(domain -> chromium.call(session, domain, Map.of()));
        return watch;
    }

    /** URLs, in order. */
    public List<String> requests() {
        return requests;
    }

    /** The claims of the last access token that was sent. */
    public JsonNode sentClaims() {
        return Json.lenient(new String(Base64.getUrlDecoder().decode(bearer.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    public List<String> complaints() {
        return complaints;
    }

    /** Answers with this JSON instead of the server, wherever a URL ends so. */
    public TabWatch answers(String end, Object json) {
        answers.put(end, Json.write(json));
        chromium.call(session, "Fetch.enable", Map.of("patterns", List.of(Map.of("urlPattern", "*" + end))));
        return this;
    }

    private void heard(JsonNode event) {
        JsonNode about = event.path("params");
        switch (event.path("method").asText()) {
            case "Network.requestWillBeSent" -> request(about.path("request"));
            case "Log.entryAdded" -> complain(about.path("entry"));
            case "Runtime.exceptionThrown" ->
                complaints.add(about.path("exceptionDetails").toString());
            case "Fetch.requestPaused" -> CompletableFuture.runAsync(() -> answer(about));
            default -> {
                // of no interest here
            }
        }
    }

    private void request(JsonNode request) {
        requests.add(request.path("url").asText());
        String authorization = request.path("headers").path("Authorization").asText();
        if (authorization.startsWith("Bearer ")) {
            bearer = authorization.substring("Bearer ".length());
        }
    }

    private void complain(JsonNode entry) {
        if (List.of("error", "warning").contains(entry.path("level").asText())) {
            complaints.add(entry.path("text").asText() + ' ' + entry.path("url").asText());
        }
    }

    private void answer(JsonNode paused) {
        String url = paused.path("request").path("url").asText();
        String json = answers.entrySet().stream()
                .filter(answer -> url.endsWith(answer.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow();
        chromium.call(
                session,
                "Fetch.fulfillRequest",
                Map.of(
                        "requestId",
                        paused.path("requestId"),
                        "responseCode",
                        200,
                        "responseHeaders",
                        List.of(Map.of("name", "Content-Type", "value", "application/json")),
                        "body",
                        Base64.getEncoder().encodeToString(json.getBytes(StandardCharsets.UTF_8))));
    }
}
