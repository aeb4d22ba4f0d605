package dev.socialexchange.keycloak.net;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One request to a provider.
 *
 * @param method {@code GET}, {@code POST} or {@code DELETE}
 * @param uri absolute; never taken from a request or a token
 * @param headers without {@code Content-Type}, which the body brings
 * @param body {@code null} for none
 * @param repeatable may be sent once more when a pooled connection turns out to be dead
 * @param longestAnswer in bytes: what is longer is none
 */
public record Call(
        String method, URI uri, Map<String, String> headers, Body body, boolean repeatable, int longestAnswer) {
    /** Larger than anything that a provider sensibly answers about one person. */
    private static final int LONGEST_ANSWER = 256 * 1024;

    public Call(String method, URI uri, Map<String, String> headers, Body body, boolean repeatable) {
        this(method, uri, headers, body, repeatable, LONGEST_ANSWER);
    }

    public record Body(String contentType, String content) {

        public static Body form(Map<String, String> fields) {
            return new Body("application/x-www-form-urlencoded", encode(fields));
        }
    }

    /** Host and port of a URL, without the credentials that a configured one may have before them. */
    public static String withoutCredentials(String authority) {
        return authority.substring(authority.indexOf('@') + 1);
    }

    /** {@code application/x-www-form-urlencoded}, also fit for a query. */
    public static String encode(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + '=' + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** One name or value of a form or query. */
    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** A record would print its headers and body, where tokens and secrets are. */
    @Override
    public String toString() {
        return method + ' ' + uri.getHost();
    }
}
