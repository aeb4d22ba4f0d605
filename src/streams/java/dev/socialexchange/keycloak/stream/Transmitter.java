package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a transmitter's own document says (OpenID Shared Signals Framework 1.0 §7.1), and who lets us ask it. */
record Transmitter(Http http, URI issuer, JsonNode document) {
    private static final String WELL_KNOWN = "/.well-known/";

    /** @throws StreamFailure if there is no document, or another issuer's */
    static Transmitter discovered(Http http, URI issuer) {
        for (URI place : places(issuer)) {
            Http.Reply reply = http.document(place);
            if (reply.isGood() && !reply.json().isEmpty()) {
                return new Transmitter(http, issuer, reply.json()).ours();
            }
        }
        throw StreamFailure.noAnswer("No document of a transmitter for " + issuer + ". Looked at " + places(issuer)
                + ". Is --transmitter the issuer, as it stands in the tokens? Keycloak: does the realm have the attribute"
                + " ssf.transmitterEnabled, and the server the feature ssf?");
    }

    /** Where RFC 8615 wants it, where its forerunner had it, and where OpenID providers put theirs. */
    private static List<URI> places(URI issuer) {
        String path = issuer.getRawPath() == null ? "" : issuer.getRawPath().replaceFirst("/+$", "");
        String host = issuer.getScheme() + "://" + issuer.getRawAuthority();
        return List.of(
                URI.create(host + WELL_KNOWN + "ssf-configuration" + path),
                URI.create(host + path + WELL_KNOWN + "ssf-configuration"),
                URI.create(host + WELL_KNOWN + "risc-configuration" + path));
    }

    private Transmitter ours() {
        if (!issuer.toString().equals(document.path("issuer").asText())) {
            throw StreamFailure.noAnswer(
                    "The document is of " + Printable.of(document.path("issuer").asText("nobody"))
                            + ", not of --transmitter: give its issuer character by character");
        }
        return this;
    }

    /** @throws StreamFailure if the transmitter has no such endpoint */
    URI endpoint(String name) {
        String address = document.path(name).asText();
        if (address.isBlank()) {
            throw StreamFailure.noAnswer("The transmitter has no " + name + ", so that it cannot be asked for this");
        }
        return HttpsAddress.of("The transmitter's " + name, address);
    }

    /** By the client's own secret (RFC 6749 §4.4). */
    String accessToken(Arguments arguments, String secret) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        arguments.scope().ifPresent(scope -> form.put("scope", scope));
        URI endpoint = arguments.tokenEndpoint().orElseGet(this::tokenEndpoint);
        Optional<Http.Reply> reply = http.form(endpoint, arguments.client().orElseThrow(), secret, form);
        return reply.map(Transmitter::accessToken).orElse("");
    }

    private static String accessToken(Http.Reply reply) {
        String token = reply.json().path("access_token").asText();
        if (!reply.isGood() || token.isEmpty()) {
            throw StreamFailure.noAnswer("The token endpoint answers " + reply.status() + reply.said()
                    + ". Look at --client, its secret, and --scope; the client needs a service account");
        }
        return token;
    }

    private URI tokenEndpoint() {
        String path = issuer.toString().replaceFirst("/+$", "") + WELL_KNOWN + "openid-configuration";
        String endpoint =
                http.document(URI.create(path)).json().path("token_endpoint").asText();
        if (endpoint.isBlank()) {
            throw StreamFailure.usage("Where the transmitter issues tokens cannot be found out: give --token-endpoint");
        }
        return HttpsAddress.of("The token_endpoint", endpoint);
    }
}
