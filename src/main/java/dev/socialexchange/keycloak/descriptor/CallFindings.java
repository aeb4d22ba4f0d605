package dev.socialexchange.keycloak.descriptor;

import dev.socialexchange.keycloak.descriptor.DescriptorRules.Finding;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** What is wrong with calls and URLs of a descriptor. */
record CallFindings(List<Finding> findings) {
    private static final Set<String> PLACEHOLDERS = Set.of("token", "client_id", "client_secret");
    /** Of calls that take tokens back. */
    static final Set<String> OF_REVOCATION = Set.of("token_type_hint");
    /** Of those that take back all that a person has allowed. */
    static final Set<String> OF_WITHDRAWAL = Set.of("token_type_hint", "id");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    void call(String place, CallTemplate call) {
        call(place, call, Set.of());
    }

    /** @param further placeholders that are known there */
    void call(String place, CallTemplate call, Set<String> further) {
        address(place, call);
        List<String> templates = call.templates().toList();
        templates.forEach(template -> placeholders(place, template, further));
        require(
                call.auth() == CallTemplate.Auth.BEARER
                        || templates.stream().anyMatch(template -> template.contains("{token}")),
                place,
                "does not send the token: auth: bearer, or {token} somewhere");
    }

    void placeholders(String place, String template, Set<String> further) {
        Stream.concat(Placeholders.in(template), template.contains("{}") ? Stream.of("") : Stream.empty())
                .filter(word -> !PLACEHOLDERS.contains(word) && !further.contains(word))
                .forEach(word -> require(
                        false,
                        place,
                        '{' + word + "} is not known; there are {token}, {client_id} and {client_secret}"));
    }

    void address(String place, CallTemplate call) {
        String method = call.target() instanceof CallTemplate.Post
                ? "/post"
                : call.target() instanceof CallTemplate.Delete ? "/delete" : "/get";
        url(place + method, call.url());
    }

    /** Neither plain text on the wire, nor a host that a token could choose. */
    void url(String place, String url) {
        if (url.isBlank()) {
            require(false, place, "is missing");
            return;
        }
        try {
            URI uri = new URI(Placeholders.fill(url, word -> "placeholder"));
            boolean loopback = uri.getHost() != null && LOOPBACK.contains(uri.getHost());
            boolean secure = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && loopback;
            require(secure, place, "must be an https URL");
            require(
                    uri.getHost() != null && uri.getUserInfo() == null && uri.getFragment() == null,
                    place,
                    "must be a URL with a host, without user and fragment");
            String origin = url.replaceFirst("^(\\w+://[^/?]*).*$", "$1");
            require(!origin.contains("{"), place, "the host must not depend on a placeholder");
        } catch (URISyntaxException invalid) {
            require(false, place, "is not a URL");
        }
    }

    private void require(boolean holds, String pointer, String otherwise) {
        if (!holds) {
            findings.add(new Finding(pointer, otherwise));
        }
    }
}
