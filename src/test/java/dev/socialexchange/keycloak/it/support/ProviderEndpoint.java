package dev.socialexchange.keycloak.it.support;

import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.GitHub;
import dev.socialexchange.keycloak.simulator.Request;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** One of a simulated provider's endpoints that an exchange calls. */
public record ProviderEndpoint(String host, String path) {

    /** Where the provider says which app an access token is for. */
    public static ProviderEndpoint binding(String like) {
        return switch (like) {
            case "google" -> new ProviderEndpoint("oauth2.googleapis.com", "/tokeninfo");
            case "facebook" -> new ProviderEndpoint("graph.facebook.com", "/debug_token");
            case "github" -> new ProviderEndpoint("api.github.com", "/applications/" + GitHub.CLIENT_ID + "/token");
            case "acme" -> new ProviderEndpoint("acme.example", "/introspect");
            case "legacy", "custom" -> new ProviderEndpoint("legacy.example", "/introspect");
            default -> throw new IllegalArgumentException(like);
        };
    }

    public static ProviderEndpoint profile(String like) {
        return switch (like) {
            case "google" -> new ProviderEndpoint("openidconnect.googleapis.com", "/v1/userinfo");
            case "facebook" -> new ProviderEndpoint("graph.facebook.com", "/me");
            case "github" -> new ProviderEndpoint("api.github.com", "/user");
            case "acme" -> new ProviderEndpoint("acme.example", "/userinfo");
            case "partner" ->
                new ProviderEndpoint("partner.example", "/realms/partner/protocol/openid-connect/userinfo");
            case "legacy" -> new ProviderEndpoint("legacy.example", "/userinfo");
            case "custom" -> new ProviderEndpoint("legacy.example", "/api/me");
            default -> throw new IllegalArgumentException(like);
        };
    }

    /** Where codes are redeemed. */
    public static ProviderEndpoint token(String like) {
        return switch (like) {
            case "google" -> new ProviderEndpoint("oauth2.googleapis.com", "/token");
            case "facebook" -> new ProviderEndpoint("graph.facebook.com", "/oauth/access_token");
            case "github" -> new ProviderEndpoint("github.com", "/login/oauth/access_token");
            case "acme" -> new ProviderEndpoint("acme.example", "/token");
            case "partner" -> new ProviderEndpoint("partner.example", "/realms/partner/protocol/openid-connect/token");
            case "legacy", "custom" -> new ProviderEndpoint("legacy.example", "/token");
            default -> throw new IllegalArgumentException(like);
        };
    }

    public void fault(Simulator simulator, Fault fault) {
        simulator.fault(host, path, fault);
    }

    /** Requests to this endpoint that carry the token anywhere. */
    public List<Request> requests(Simulator simulator, String token) {
        String encoded = URLEncoder.encode(token, StandardCharsets.UTF_8);
        return simulator.requests(host, path).stream()
                .filter(request -> Stream.concat(
                                Stream.of(request.body(), String.valueOf(request.rawQuery())),
                                request.headers().values().stream())
                        .anyMatch(part -> part.contains(token) || part.contains(encoded)))
                .toList();
    }
}
