package dev.socialexchange.keycloak.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.OddJson;
import dev.socialexchange.keycloak.fuzz.Attempt.Allowed;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.provider.TokenKind;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.ProviderData;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Providers that answer a good token with odd JSON at any place, odd statuses, half an answer, late or not at all. */
record OddProviders(Ground ground) implements Category {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Integer> STATUSES = List.of(
            201, 202, 204, 206, 301, 302, 304, 400, 401, 403, 404, 409, 410, 418, 429, 451, 500, 502, 503, 504, 599);
    private static final List<String> RETRY_AFTER =
            List.of("-1", "0", "7", "99999999999999999999", "soon", "Wed, 21 Oct 2015 07:28:00 GMT", "");

    @Override
    public Attempt next(Dice dice) {
        boolean slow = dice.chance(4);
        Ground.Good good = slow ? ground.hasty(dice) : good(dice);
        List<String> urls = good.kind() == TokenKind.ACCESS_TOKEN
                ? good.provider().data().api().stream()
                        .map(ProviderData.Api::url)
                        .distinct()
                        .toList()
                : List.of(good.provider().data().token().url());
        URI url = URI.create(dice.one(urls));
        String[] what = new String[1];
        Fault fault = (slow ? slow(dice, what) : fault(dice, what)).forToken(good.token());
        return new Attempt(
                "%s %s, %s%s: %s".formatted(good.alias(), good.kind().id(), url.getHost(), url.getPath(), what[0]),
                good.alias(),
                null,
                Attempt.allowing(Allowed.SUCCESS, Allowed.OUTAGE),
                () -> {
                    Suite.providers().fault(url.getHost(), url.getPath(), fault);
                    return ground.request(good).send();
                });
    }

    private Ground.Good good(Dice dice) {
        return dice.chance(75)
                ? ground.good(dice, TokenKind.ACCESS_TOKEN)
                : ground.good(dice, TokenKind.AUTHORIZATION_CODE);
    }

    private static Fault slow(Dice dice, String[] what) {
        boolean late = dice.chance(50);
        what[0] = late ? "late" : "dripping";
        return late ? Fault.latency(Duration.ofSeconds(1)) : Fault.drip(Duration.ofMillis(100));
    }

    private static Fault fault(Dice dice, String[] what) {
        String odd = dice.oddJson();
        int way = dice.below(100);
        if (way < 55) {
            int place = dice.below(1000);
            what[0] = "at place %d: %s".formatted(place, head(odd));
            return Fault.rewritten(body -> withOdd(body, place, odd));
        }
        if (way < 70) {
            what[0] = "all of it: " + head(odd);
            return Fault.body(odd);
        }
        if (way < 88) {
            int status = dice.one(STATUSES);
            String body = dice.chance(50) ? odd : "{\"error\":" + odd + "}";
            String retry = dice.one(RETRY_AFTER);
            what[0] = "status %d, Retry-After %s: %s".formatted(status, retry, head(body));
            return Fault.json(status, body, dice.chance(30) ? Map.of("Retry-After", retry) : Map.of());
        }
        what[0] = dice.one("cut", "cut midway", "huge", "redirect");
        return switch (what[0]) {
            case "cut" -> Fault.cut();
            case "cut midway" -> Fault.cutMidway();
            case "huge" -> Fault.body("{\"padding\":\"" + "x".repeat(400_000) + "\"}");
            default -> Fault.redirect("http://127.0.0.1:1/");
        };
    }

    /** The provider's own document with an odd value instead of one of its own, wherever that is. */
    private static String withOdd(String body, int place, String odd) {
        JsonNode document;
        try {
            document = JSON.readTree(body);
        } catch (IOException notJson) {
            return odd;
        }
        List<Runnable> places = new ArrayList<>();
        collect(document, places);
        if (places.isEmpty()) {
            return odd;
        }
        places.get(place % places.size()).run();
        try {
            return JSON.writeValueAsString(document).replace("\"\\u0001\"", odd);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void collect(JsonNode node, List<Runnable> places) {
        String mark = OddJson.PLACE.substring(1, OddJson.PLACE.length() - 1);
        if (node instanceof ObjectNode object) {
            object.fieldNames().forEachRemaining(name -> {
                places.add(() -> object.put(name, mark));
                collect(object.get(name), places);
            });
        } else if (node instanceof ArrayNode array) {
            for (int index = 0; index < array.size(); index++) {
                int at = index;
                places.add(() -> array.set(at, JSON.getNodeFactory().textNode(mark)));
                collect(array.get(index), places);
            }
        }
    }

    private static String head(String text) {
        return text.substring(0, Math.min(40, text.length()));
    }
}
