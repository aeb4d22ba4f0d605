package dev.socialexchange.keycloak.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as a provider sees it.
 *
 * @param host the provider's real host name
 * @param path the path at that host
 * @param headers by lower-case name
 * @param pathVariable what the route's group matched, or null
 */
public record Request(
        String method,
        String host,
        String path,
        String rawQuery,
        Map<String, String> headers,
        String body,
        String pathVariable) {

    Request withPathVariable(String value) {
        return new Request(method, host, path, rawQuery, headers, body, value);
    }

    /** Null if there is no such header. */
    public String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    public Map<String, String> query() {
        return Forms.parse(rawQuery);
    }

    public Map<String, String> form() {
        String type = header("content-type");
        return type != null && type.startsWith("application/x-www-form-urlencoded") ? Forms.parse(body) : Map.of();
    }

    /** The same request with a JSON object's fields as a form; empty if its body is something else. */
    Request jsonAsForm() {
        String type = header("content-type");
        boolean json = type != null && type.startsWith("application/json");
        Map<String, String> form = new TreeMap<>(headers);
        form.put("content-type", "application/x-www-form-urlencoded");
        return new Request(method, host, path, rawQuery, form, json ? Forms.write(Json.read(body)) : "", pathVariable);
    }

    /**
     * The same request with the names of the standard.
     *
     * @param own by the standard's names, which are not known any more
     */
    Request renamed(Map<String, String> own) {
        return own.isEmpty()
                ? this
                : new Request(method, host, path, renamed(rawQuery, own), headers, renamed(body, own), pathVariable);
    }

    private static String renamed(String form, Map<String, String> own) {
        Map<String, String> parameters = Forms.parse(form);
        own.forEach((standard, name) -> {
            String value = parameters.get(name);
            parameters.remove(standard);
            if (value != null) {
                parameters.put(standard, value);
            }
        });
        return Forms.write(parameters);
    }

    /** From the query or the form; null if it is in neither. */
    public String parameter(String name) {
        String value = query().get(name);
        return value != null ? value : form().get(name);
    }

    Optional<String> bearer() {
        return authorization("bearer");
    }

    /** RFC 6749 section 2.3.1: HTTP Basic with form-encoded parts, else the body (or Facebook's query). */
    Optional<Credentials> credentials() {
        Optional<String> basic = authorization("basic");
        if (basic.isPresent()) {
            String decoded = new String(Base64.getDecoder().decode(basic.get()), StandardCharsets.UTF_8);
            int colon = decoded.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Credentials(
                            Forms.decode(decoded.substring(0, colon)), Forms.decode(decoded.substring(colon + 1))));
        }
        return Optional.ofNullable(parameter("client_id"))
                .map(clientId -> new Credentials(clientId, parameter("client_secret")));
    }

    /** Whether the text occurs anywhere: in the path, the query, a header or the body. */
    public boolean carries(String text) {
        String encoded = Forms.encode(text);
        return path.contains(text)
                || rawQuery != null && (rawQuery.contains(text) || rawQuery.contains(encoded))
                || body.contains(text)
                || body.contains(encoded)
                || headers.values().stream().anyMatch(value -> value.contains(text));
    }

    private Optional<String> authorization(String scheme) {
        String value = header("authorization");
        return value != null && value.regionMatches(true, 0, scheme + " ", 0, scheme.length() + 1)
                ? Optional.of(value.substring(scheme.length() + 1).strip())
                : Optional.empty();
    }
}
