package dev.socialexchange.keycloak.descriptor;

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
import java.util.stream.Stream;

/**
 * A request to a provider with {@code {placeholders}}. Values are encoded for the place they stand in.
 *
 * @param auth how the request authenticates besides its headers
 * @param optional the proof goes on without this answer when the provider refuses it
 * @param require values that a successful answer has, for providers that answer 200 whatever happens: {@link #ANY} for
 *     whatever is there, blank for nothing
 * @param refused statuses by which the provider says that the token is bad
 */
public record CallTemplate(
        @Unwrapped Target target,
        @Key("Parameters of the URL") Map<String, String> query,
        @Key("Header fields") Map<String, String> headers,
        @Key(
                        value =
                                "bearer: with the token; basic (each part encoded first) and basic-unencoded, and post: with our client id and secret; none, which is the default",
                        otherwise = "none")
                Auth auth,
        @Key("true if the login goes on without this document where the provider refuses it") boolean optional,
        @Key("Values by pointer that a good answer has: * for whatever is there, an empty text for nothing")
                Map<String, String> require,
        @Key(
                        value = "Statuses that mean a bad token; 400, 401 and 403 if not given",
                        otherwise = "[400, 401, 403]") // what a provider says to a bearer token that it does not accept
                List<Integer> refused) {
    /** Of a place that has to be there and not blank. */
    private static final String ANY = "*";

    /** What is called, by which method, and with what in its body. */
    public sealed interface Target permits Get, Post, Delete {
        String url();
    }

    @ChosenBy("get")
    public record Get(@Key(name = "get", value = "The URL of a GET; or post is given", required = true) String url)
            implements Target {}

    @ChosenBy("post")
    public record Post(
            @Key(name = "post", value = "The URL of a POST", required = true) String url,
            @Key("Fields of a form") Map<String, String> form,
            @Key("Fields of a JSON object") Map<String, String> json)
            implements Target {}

    @ChosenBy("delete")
    public record Delete(
            @Key(name = "delete", value = "The URL of a DELETE", required = true) String url,
            @Key("Fields of a JSON object") Map<String, String> json)
            implements Target {}

    public enum Auth {
        /** {@code Authorization: Bearer} with the subject token. */
        BEARER,
        /** HTTP Basic with our client id and secret, each encoded as in a form first (RFC 6749 §2.3.1). */
        BASIC,
        /** HTTP Basic with our client id and secret as they are, for servers that do not decode them. */
        BASIC_UNENCODED,
        /** {@code client_id} and {@code client_secret} in the form. */
        POST,
        NONE
    }

    public CallTemplate {
        if (!(target instanceof Post) && auth == Auth.POST) {
            throw new IllegalArgumentException("auth: post needs a post");
        }
        require.keySet().forEach(JsonPointer::compile);
    }

    /** A bearer-authenticated {@code GET}, as every userinfo endpoint takes it. */
    public static CallTemplate userInfo(String url) {
        return new CallTemplate(new Get(url), Map.of(), Map.of(), Auth.BEARER, false, Map.of(), List.of(400, 401, 403));
    }

    /** A token endpoint's request. */
    public static CallTemplate token(
            String url, Map<String, String> fields, Auth auth, OAuth2Endpoints.Encoding encoding) {
        return switch (encoding) {
            case FORM -> of(new Post(url, fields, Map.of()), Map.of(), auth, List.of());
            case JSON -> of(new Post(url, Map.of(), fields), Map.of(), auth, List.of());
            case QUERY -> of(new Get(url), fields, auth, List.of());
        };
    }

    /** A form, authenticated as our client: introspection (RFC 7662). */
    public static CallTemplate clientForm(String url, Map<String, String> form, Auth auth, List<Integer> refused) {
        return of(new Post(url, form, Map.of()), Map.of(), auth, refused);
    }

    private static CallTemplate of(Target target, Map<String, String> query, Auth auth, List<Integer> refused) {
        return new CallTemplate(target, query, Map.of(), auth, false, Map.of(), refused);
    }

    /** Whether an answer with status 200 is one. */
    public boolean accepts(JsonNode answer) {
        return require.entrySet().stream().allMatch(entry -> meets(answer.at(entry.getKey()), entry.getValue()));
    }

    private static boolean meets(JsonNode node, String required) {
        String value = node.isNull() ? "" : node.asText(); // "error": null is no error
        return required.equals(ANY) ? !value.isBlank() : value.equals(required);
    }

    public String url() {
        return target.url();
    }

    /** All in which placeholders may stand. */
    Stream<String> templates() {
        Stream<Map<String, String>> bodies = Stream.of(form(), json());
        return Stream.concat(
                Stream.of(url()),
                Stream.concat(Stream.of(query, headers), bodies).flatMap(values -> values.values().stream()));
    }

    /** The request, with URLs as {@code endpoints} rewrites them. */
    public Call call(Map<String, String> values, Endpoints endpoints) {
        Map<String, String> allHeaders = new HashMap<>();
        allHeaders.put("Accept", "application/json");
        allHeaders.put("User-Agent", "social-exchange-keycloak"); // GitHub refuses requests without one
        allHeaders.putAll(filled(headers, values));
        Map<String, String> credentials = new LinkedHashMap<>();
        switch (auth) {
            case BEARER -> allHeaders.put("Authorization", "Bearer " + values.get("token"));
            case BASIC -> allHeaders.put("Authorization", basic(values, Call::encode));
            case BASIC_UNENCODED -> allHeaders.put("Authorization", basic(values, UnaryOperator.identity()));
            case POST -> {
                credentials.put("client_id", values.get("client_id"));
                credentials.put("client_secret", values.get("client_secret"));
            }
            case NONE -> {
                // the endpoint asks for nothing, or a header template says it
            }
        }
        URI uri = uri(values, endpoints);
        return new Call(method(), uri, allHeaders, body(credentials, values), true);
    }

    private String method() {
        return target instanceof Post ? "POST" : target instanceof Delete ? "DELETE" : "GET";
    }

    private Map<String, String> form() {
        return target instanceof Post post ? post.form : Map.of();
    }

    private Map<String, String> json() {
        return target instanceof Post post ? post.json : target instanceof Delete delete ? delete.json : Map.of();
    }

    private URI uri(Map<String, String> values, Endpoints endpoints) {
        String url = endpoints.rewrite(Placeholders.fill(url(), word -> Call.encode(value(values, word))));
        return query.isEmpty()
                ? URI.create(url)
                : URI.create(url + (url.contains("?") ? '&' : '?') + Call.encode(filled(query, values)));
    }

    private Call.Body body(Map<String, String> credentials, Map<String, String> values) {
        Map<String, String> fields = filled(form(), values);
        fields.putAll(credentials);
        if (!json().isEmpty()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            filled(json(), values).forEach(object::put);
            fields.forEach(object::put);
            return new Call.Body("application/json", object.toString());
        }
        return fields.isEmpty() ? null : Call.Body.form(fields);
    }

    private static Map<String, String> filled(Map<String, String> templates, Map<String, String> values) {
        Map<String, String> filled = new LinkedHashMap<>();
        templates.forEach(
                (name, template) -> filled.put(name, Placeholders.fill(template, word -> value(values, word))));
        return filled;
    }

    /** A word without a value is a mistake here, and never sent. */
    private static String value(Map<String, String> values, String word) {
        return Objects.requireNonNull(values.get(word), word);
    }

    private static String basic(Map<String, String> values, UnaryOperator<String> encoding) {
        String credentials =
                encoding.apply(values.get("client_id")) + ':' + encoding.apply(values.get("client_secret"));
        return "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }
}
