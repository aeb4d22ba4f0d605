package dev.socialexchange.keycloak.simulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** An answer of a provider. */
record Response(int status, Map<String, String> headers, String body) {

    static Response json(int status, Object body) {
        return text(status, "application/json; charset=utf-8", Json.write(body)).with("Cache-Control", "no-store");
    }

    static Response form(int status, Map<String, ?> body) {
        return text(status, "application/x-www-form-urlencoded; charset=utf-8", Forms.write(body))
                .with("Cache-Control", "no-store");
    }

    static Response html(int status, String body) {
        return text(status, "text/html; charset=utf-8", body);
    }

    static Response text(int status, String type, String body) {
        return new Response(status, Map.of("Content-Type", type), body);
    }

    static Response empty(int status) {
        return new Response(status, Map.of(), "");
    }

    static Response redirect(String location) {
        return empty(302).with("Location", location).with("Cache-Control", "no-store");
    }

    Response with(String header, String value) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.put(header, value);
        return new Response(status, all, body);
    }
}
