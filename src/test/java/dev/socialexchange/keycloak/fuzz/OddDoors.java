package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.fuzz.Attempt.Allowed;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.RawRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** The doors beside the token endpoint, asked oddly. */
record OddDoors(Ground ground) implements Category {
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD");

    @Override
    public Attempt next(Dice dice) {
        String door = dice.one("nonce", "providers", "links", "interaction");
        String odd = dice.oddText();
        String client = dice.chance(50) ? ground.realm().clientId() : odd;
        String method = dice.chance(70) ? usual(door) : dice.one(METHODS);
        boolean page = door.equals("interaction");
        return new Attempt(
                "%s %s, %d odd characters".formatted(method, door, odd.length()),
                null,
                null,
                page
                        ? Attempt.allowing(Allowed.PAGE, Allowed.KEYCLOAKS_FORM)
                        : Attempt.allowing(Allowed.SUCCESS, Allowed.KEYCLOAKS_FORM),
                request(dice, door, method, client, odd));
    }

    private static String usual(String door) {
        return door.equals("providers") ? "GET" : "POST";
    }

    private Supplier<Answer> request(Dice dice, String door, String method, String client, String odd) {
        String path =
                switch (door) {
                    case "providers" ->
                        "providers?client_id=" + encoded(client) + (dice.chance(20) ? "&client_id=x" : "");
                    case "links" -> "links/" + encoded(dice.one("google", "gitlab", shortened(odd)));
                    case "interaction" -> "interaction/" + encoded(dice.one("A".repeat(43), shortened(odd)));
                    default -> door;
                };
        RawRequest request =
                RawRequest.to(ground.realm().door(path)).method(method).header("Origin", ConformanceRealm.ORIGIN);
        if (door.equals("links") && dice.chance(80)) {
            request.header("Authorization", dice.one("Bearer x", "Bearer a.b.c", "Basic eA==", "Bearer", "DPoP x"));
        }
        if (door.equals("nonce") || dice.chance(50)) {
            request.form("client_id", client);
            if (dice.chance(30)) {
                request.form(dice.one("client_id", "token", "cancel", "subject_token", "x"), odd);
            }
        }
        return request::send;
    }

    /** A path segment that a server takes. */
    private static String shortened(String odd) {
        String text = odd.replaceAll("[\\p{Cntrl}/\\\\;%.]", "");
        return text.isEmpty() ? "-" : text.substring(0, Math.min(200, text.length()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
