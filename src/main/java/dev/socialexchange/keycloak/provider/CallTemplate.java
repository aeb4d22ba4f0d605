package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.net.Call;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A request to a provider with {@code {placeholders}}. Values are encoded for the place they stand in.
 *
 * @param get URL, or {@code post} is given
 * @param auth how the request authenticates besides its headers
 * @param optional the proof goes on without this answer when the provider refuses it
 * @param require values that a successful answer has, for providers that answer 200 whatever happens: {@link #ANY} for
 *     whatever is there, blank for nothing
 * @param refused statuses by which the provider says that the token is bad
 */
public record CallTemplate(
        String get,
        String post,
        Map<String, String> query,
        Map<String, String> headers,
        Map<String, String> form,
        Map<String, String> json,
        Auth auth,
        boolean optional,
        Map<String, String> require,
        List<Integer> refused) {
    /** Of a place that has to be there and not blank. */
    private static final String ANY = "*";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");
    /** What a provider says to a bearer token that it does not accept. */
    private static final List<Integer> REFUSED_BY_DEFAULT = List.of(400, 401, 403);

    public enum Auth {
        /** {@code Authorization: Bearer} with the subject token. */
        @JsonProperty("bearer")
        BEARER,
        /** HTTP Basic with our client id and secret, each encoded as in a form first (RFC 6749 §2.3.1). */
        @JsonProperty("basic")
        BASIC,
        /** HTTP Basic with our client id and secret as they are, for servers that do not decode them. */
        @JsonProperty("basic-unencoded")
        BASIC_UNENCODED,
        /** {@code client_id} and {@code client_secret} in the form. */
        @JsonProperty("post")
        POST,
        @JsonProperty("none")
        NONE
    }

    public CallTemplate {
        if ((get == null) == (post == null)) {
            throw new IllegalArgumentException("a call has either get or post");
        }
        query = Objects.requireNonNullElse(query, Map.of());
        headers = Objects.requireNonNullElse(headers, Map.of());
        form = Objects.requireNonNullElse(form, Map.of());
        json = Objects.requireNonNullElse(json, Map.of());
        auth = Objects.requireNonNullElse(auth, Auth.NONE);
        require = Objects.requireNonNullElse(require, Map.of());
        require.keySet().forEach(JsonPointer::compile);
        refused = Objects.requireNonNullElse(refused, REFUSED_BY_DEFAULT);
    }

    /** A bearer-authenticated {@code GET}, as every userinfo endpoint takes it. */
    public static CallTemplate userInfo(String url) {
        return new CallTemplate(url, null, null, null, null, null, Auth.BEARER, false, null, null);
    }

    /** A token endpoint's request. */
    public static CallTemplate token(
            String url, Map<String, String> fields, Auth auth, Descriptor.OAuth2.Encoding encoding) {
        return switch (encoding) {
            case FORM -> new CallTemplate(null, url, null, null, fields, null, auth, false, null, List.of());
            case JSON -> new CallTemplate(null, url, null, null, null, fields, auth, false, null, List.of());
            case QUERY -> new CallTemplate(url, null, fields, null, null, null, auth, false, null, List.of());
        };
    }

    /** A form, authenticated as our client: introspection (RFC 7662). */
    public static CallTemplate clientForm(String url, Map<String, String> form, Auth auth, List<Integer> refused) {
        return new CallTemplate(null, url, null, null, form, null, auth, false, null, refused);
    }

    /** Whether an answer with status 200 is one. */
    public boolean accepts(JsonNode answer) {
        return require.entrySet().stream().allMatch(entry -> meets(answer.at(entry.getKey()), entry.getValue()));
    }

    private static boolean meets(JsonNode node, String required) {
        String value = node.isNull() ? "" : node.asText(); // "error": null is no error
        return required.equals(ANY) ? !value.isBlank() : value.equals(required);
    }

    String url() {
        return get != null ? get : post;
    }

    /** The request, with URLs as {@code endpoints} rewrites them. */
    public Call call(Map<String, String> values, Endpoints endpoints) {
        Map<String, String> allHeaders = new HashMap<>();
        allHeaders.put("Accept", "application/json");
        allHeaders.put("User-Agent", "social-exchange-keycloak"); // GitHub refuses requests without one
        headers.forEach((name, value) -> allHeaders.put(name, fill(value, values)));
        Map<String, String> fields = new LinkedHashMap<>();
        form.forEach((name, value) -> fields.put(name, fill(value, values)));
        switch (auth) {
            case BEARER -> allHeaders.put("Authorization", "Bearer " + values.get("token"));
            case BASIC -> allHeaders.put("Authorization", basic(values, Call::encode));
            case BASIC_UNENCODED -> allHeaders.put("Authorization", basic(values, UnaryOperator.identity()));
            case POST -> {
                fields.put("client_id", values.get("client_id"));
                fields.put("client_secret", values.get("client_secret"));
            }
            case NONE -> {
                // the endpoint asks for nothing, or a header template says it
            }
        }
        return new Call(get != null ? "GET" : "POST", uri(values, endpoints), allHeaders, body(fields, values), true);
    }

    private URI uri(Map<String, String> values, Endpoints endpoints) {
        String url = endpoints.rewrite(PLACEHOLDER
                .matcher(url())
                .replaceAll(found -> Matcher.quoteReplacement(Call.encode(values.get(found.group(1))))));
        if (query.isEmpty()) {
            return URI.create(url);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        query.forEach((name, value) -> parameters.put(name, fill(value, values)));
        return URI.create(url + (url.contains("?") ? '&' : '?') + Call.encode(parameters));
    }

    private Call.Body body(Map<String, String> fields, Map<String, String> values) {
        if (!json.isEmpty()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            json.forEach((name, value) -> object.put(name, fill(value, values)));
            fields.forEach(object::put);
            return new Call.Body("application/json", object.toString());
        }
        return fields.isEmpty() ? null : Call.Body.form(fields);
    }

    private static String fill(String template, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(template)
                .replaceAll(found ->
                        Matcher.quoteReplacement(Objects.requireNonNull(values.get(found.group(1)), found.group(1))));
    }

    private static String basic(Map<String, String> values, UnaryOperator<String> encoding) {
        String credentials =
                encoding.apply(values.get("client_id")) + ':' + encoding.apply(values.get("client_secret"));
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
