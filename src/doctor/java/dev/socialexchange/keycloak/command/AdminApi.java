package dev.socialexchange.keycloak.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** The doctor's part of a realm's admin API: {@code docs/openapi-admin.yaml}. */
final class AdminApi {
    private final Connection connection;
    private final AccessToken token;
    private final String realm;
    private final Optional<String> language;

    AdminApi(Connection connection, AccessToken token, String realm, Optional<String> language) {
        this.connection = connection;
        this.token = token;
        this.realm = realm;
        this.language = language;
    }

    /** Of the extension that runs there. */
    JsonNode about() {
        return json(connection.get(base(), headers()));
    }

    List<Listed> providers() {
        return StreamSupport.stream(
                        json(connection.get(base() + "/providers", headers())).spliterator(), false)
                .map(one -> Json.as(Listed.class, one))
                .toList();
    }

    JsonNode check(String alias) {
        return ofProvider(alias, "/check", Map.of());
    }

    /** @param form the exchange's parameters, and the client to play */
    JsonNode dryRun(String alias, Map<String, String> form) {
        return ofProvider(alias, "/dry-run", form);
    }

    private JsonNode ofProvider(String alias, String what, Map<String, String> form) {
        HttpResponse<String> response =
                connection.post(base() + "/providers/" + Connection.encode(alias) + what, headers(), form);
        if (response.statusCode() == 404) {
            refuseUnknown(alias);
        }
        return json(response);
    }

    private void refuseUnknown(String alias) {
        List<String> aliases = providers().stream().map(Listed::alias).sorted().toList();
        if (!aliases.contains(alias)) {
            throw CommandFailure.usage(
                    "--provider names none of this realm's: " + Printable.of(String.join(", ", aliases)));
        }
    }

    private String base() {
        return "/admin/realms/" + Connection.encode(realm) + "/social-exchange";
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", "Bearer " + token.get());
        headers.put("Accept", "application/json");
        headers.put("Accept-Language", language.orElse("en"));
        return headers;
    }

    private JsonNode json(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200 ->
                Json.read(response.body())
                        .orElseThrow(() -> CommandFailure.noAnswer(connection.server()
                                + " answers something else than this API does: is it Keycloak? Look at --server"));
            case 400 -> throw CommandFailure.usage("The server does not understand this" + said(response));
            case 401 ->
                throw CommandFailure.noAnswer("The server does not accept the access token: it has expired, or is"
                        + " another server's or realm's. Get a new one, or use --client");
            case 403 ->
                throw CommandFailure.noAnswer("This account may not do this: it needs view-identity-providers of the"
                        + " client realm-management to look, and manage-identity-providers to check and to try");
            case 404 ->
                throw CommandFailure.noAnswer("There is no doctor in the realm " + Printable.of(realm) + said(response)
                        + ". Does the realm exist, and is the extension installed on this server?");
            default -> throw CommandFailure.noAnswer("The server answers " + response.statusCode() + said(response));
        };
    }

    private static String said(HttpResponse<String> response) {
        return Json.read(response.body())
                .map(body -> body.hasNonNull("error_description") ? body.path("error_description") : body.path("error"))
                .filter(JsonNode::isTextual)
                .map(text -> ": " + Printable.of(text.asText()))
                .orElse("");
    }
}
