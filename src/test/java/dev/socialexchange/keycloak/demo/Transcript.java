package dev.socialexchange.keycloak.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Sends requests and shows them with their answers. Everything but the data is ASCII: any terminal can show it. */
final class Transcript {

    private static final Set<String> TOKENS = Set.of("subject_token", "access_token", "refresh_token", "id_token");
    private static final List<String> CLAIMS = List.of(
            "iss", "sub", "typ", "azp", "sid", "scope", "preferred_username", "name", "email", "email_verified", "exp");
    private static final int SHOWN_OF_TOKEN = 16;

    private final PrintStream out;
    private int shown;
    private int unexpected;

    Transcript(PrintStream out) {
        this.out = out;
    }

    Answer show(String title, String explanation, TokenRequest request, Expected expected) {
        shown++;
        out.printf("%n--- %d. %s%n    %s%n%n", shown, title, explanation);
        out.println(indented(curl(request)));
        Answer answer = request.send();
        out.printf("%n    HTTP %d after %d ms%n", answer.status(), answer.took().toMillis());
        out.println(indented(answer.json().isObject() ? Json.pretty(shortened(answer.json())) : answer.body()));
        if (!answer.accessToken().isEmpty()) {
            out.println("    main claims of the access token:");
            out.println(indented(Json.pretty(mainClaims((ObjectNode) answer.claims()))));
        }
        judge(expected.toString(), expected.differences(answer));
        return answer;
    }

    /** A fact about the realm that an answer alone does not show. */
    void require(String fact, boolean holds) {
        judge(fact, holds ? List.of() : List.of("it is not so: " + fact));
    }

    int shown() {
        return shown;
    }

    int unexpected() {
        return unexpected;
    }

    private void judge(String expectation, List<String> differences) {
        if (differences.isEmpty()) {
            out.println("    as expected: " + expectation);
        } else {
            unexpected++;
            differences.forEach(difference -> out.println("    UNEXPECTED: " + difference));
        }
        out.flush();
    }

    private static String curl(TokenRequest request) {
        String headers = request.headers().stream()
                .map(header -> " \\\n     -H '%s: %s'".formatted(header.getKey(), header.getValue()))
                .collect(Collectors.joining());
        String parameters = request.parameters().stream()
                .map(parameter -> " \\\n     -d " + parameter.getKey() + "=" + value(parameter))
                .collect(Collectors.joining());
        return "curl " + request.endpoint() + headers + parameters;
    }

    private static String value(Map.Entry<String, String> parameter) {
        return TOKENS.contains(parameter.getKey()) ? shortened(parameter.getValue()) : parameter.getValue();
    }

    private static JsonNode shortened(JsonNode answer) {
        ObjectNode copy = answer.deepCopy();
        TOKENS.stream()
                .filter(copy::has)
                .forEach(token -> copy.put(token, shortened(copy.path(token).asText())));
        return copy;
    }

    private static String shortened(String token) {
        return token.length() <= SHOWN_OF_TOKEN
                ? token
                : "%s...(%d characters)".formatted(token.substring(0, SHOWN_OF_TOKEN), token.length());
    }

    private static JsonNode mainClaims(ObjectNode claims) {
        return claims.deepCopy().retain(CLAIMS);
    }

    private static String indented(String text) {
        return text.indent(4).stripTrailing();
    }
}
