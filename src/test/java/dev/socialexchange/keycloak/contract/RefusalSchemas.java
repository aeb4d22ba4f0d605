package dev.socialexchange.keycloak.contract;

import dev.socialexchange.keycloak.ExchangeError;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.OAuthErrorException;

/** The parts of {@code docs/openapi.yaml} that {@link ExchangeError} knows better than a person. */
final class RefusalSchemas {
    private static final Map<Integer, String> MEANINGS = Map.of(
            400, "The request or the provider's token is not good, or (interaction_required) the person is needed",
            401, "The access token is not good (RFC 6750), or the login is too old (RFC 9470)",
            403, "Refused, whatever the token",
            409, "The account, or another one of this provider, is linked already",
            429, "Too many requests in vain",
            503, "The provider, or this server, cannot be asked now");

    private static final List<Integer> WITH_RETRY_AFTER = List.of(429, 503);

    private RefusalSchemas() {}

    static String responses() {
        return Arrays.stream(Answerer.values())
                .flatMap(answerer -> answerer.grouped().entrySet().stream()
                        .map(status -> response(
                                answerer,
                                status.getKey(),
                                List.copyOf(status.getValue().keySet()))))
                .collect(Collectors.joining());
    }

    private static String response(Answerer answerer, int status, List<String> errors) {
        String schemas = Stream.concat(
                        errors.stream().map(error -> name(answerer, error, status)),
                        answerer.signsIn() ? Stream.of("KeycloaksRefusal") : Stream.empty())
                .map(name -> "              - {$ref: \"#/components/schemas/" + name + "\"}\n")
                .collect(Collectors.joining());
        return "    " + answerer.prefix() + status + ":\n"
                + "      description: " + MEANINGS.get(status) + "\n"
                + headers(status)
                + "      content:\n"
                + "        application/json:\n"
                + "          schema:\n"
                + "            oneOf:\n"
                + schemas;
    }

    private static String headers(int status) {
        if (WITH_RETRY_AFTER.contains(status)) {
            return "      headers: {Retry-After: {schema: {type: integer, description: seconds}}}\n";
        }
        return status == 401 ? "      headers: {WWW-Authenticate: {schema: {type: string}}}\n" : "";
    }

    static String schemas() {
        return Stream.concat(
                        Arrays.stream(Answerer.values()).flatMap(answerer -> answerer.grouped().entrySet().stream()
                                .flatMap(status -> status.getValue().entrySet().stream()
                                        .map(error ->
                                                schema(answerer, status.getKey(), error.getKey(), error.getValue())))),
                        Stream.of(reasons()))
                .collect(Collectors.joining());
    }

    private static String schema(Answerer answerer, int status, String error, List<ExchangeError> refusals) {
        boolean offersAWayOn = answerer.signsIn() && error.equals(OAuthErrorException.INTERACTION_REQUIRED);
        return "    " + name(answerer, error, status) + ":\n"
                + "      type: object\n"
                + "      required: [error, error_description, error_reason]\n"
                + "      additionalProperties: false\n"
                + "      properties:\n"
                + "        error: {const: " + error + "}\n"
                + "        error_description: {type: string, description: \"For developers, and not to be relied on\"}\n"
                + "        error_reason:\n"
                + "          enum:\n"
                + values("            ", refusals)
                + "        error_uri: {type: string, format: uri, description: \"Of a page about the reason, if the operator has said where\"}\n"
                + (offersAWayOn
                        ? "        interaction_uri: {type: string, format: uri, description: \"Where a browser goes on, once\"}\n"
                                + "        interaction_expires_in: {type: integer, minimum: 1, description: seconds}\n"
                        : "");
    }

    private static String reasons() {
        return "    ErrorReason:\n"
                + "      description: Every stable word that a refusal of ours may have\n"
                + "      enum:\n"
                + values("        ", List.of(ExchangeError.values()));
    }

    private static String values(String indent, List<ExchangeError> errors) {
        return errors.stream()
                .map(error -> indent + "- " + error.reason() + '\n')
                .collect(Collectors.joining());
    }

    private static String name(Answerer answerer, String error, int status) {
        String words = Arrays.stream(error.split("_"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining());
        return answerer.prefix() + words + status;
    }
}
