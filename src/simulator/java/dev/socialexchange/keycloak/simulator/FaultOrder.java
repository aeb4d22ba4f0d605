package dev.socialexchange.keycloak.simulator;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** The request body of {@code POST /_control/faults}. */
final class FaultOrder {

    private FaultOrder() {}

    static Fault read(Map<String, Object> body) {
        Fault fault =
                switch (ControlApi.text(body, "kind")) {
                    case "status" -> Fault.status(number(body, "status"));
                    case "json" -> Fault.json(number(body, "status"), Json.write(body.get("body")), headers(body));
                    case "body" -> Fault.body(ControlApi.text(body, "body"));
                    case "redirect" -> Fault.redirect(ControlApi.text(body, "location"));
                    case "latency" -> Fault.latency(Duration.ofMillis(number(body, "delay_ms")));
                    case "hang" -> Fault.hang();
                    case "drip" -> Fault.drip(Duration.ofMillis(number(body, "interval_ms")));
                    case "huge_body" -> Fault.hugeBody();
                    case "cut" -> Fault.cut();
                    case "cut_midway" -> Fault.cutMidway();
                    default -> throw new IllegalArgumentException("Unknown kind of fault");
                };
        if (body.containsKey("delay_ms")) {
            fault = fault.after(Duration.ofMillis(number(body, "delay_ms")));
        }
        return body.get("token") instanceof String token ? fault.forToken(token) : fault;
    }

    private static Map<String, String> headers(Map<String, Object> body) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (body.get("headers") instanceof Map<?, ?> given) {
            given.forEach((name, value) -> headers.put(String.valueOf(name), String.valueOf(value)));
        }
        return headers;
    }

    private static int number(Map<String, Object> body, String name) {
        if (body.get(name) instanceof Integer number) {
            return number;
        }
        throw new IllegalArgumentException(name + " is missing");
    }
}
