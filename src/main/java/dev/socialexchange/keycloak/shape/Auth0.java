package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.Map;
import java.util.Optional;

/**
 * Auth0's native social login and the session that comes of it. The token's type says of which provider it is. {@code audience} names an API of
 * Auth0's: which client of the realm that is, the app's own client says.
 */
final class Auth0 implements Shape {
    private static final String AUDIENCE = "audience";
    private static final String SECRET = "client_secret";
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String TYPES = "http://auth0.com/oauth/token-type/";

    private static final Map<String, ProviderName> PROVIDERS = Map.of(
            TYPES + "apple-authz-code",
            new ProviderName("apple", "apple", Optional.of(TokenKind.AUTHORIZATION_CODE)),
            TYPES + "facebook-info-session-access-token",
            new ProviderName("facebook", "facebook", Optional.of(TokenKind.ACCESS_TOKEN)));

    @Override
    public String name() {
        return "auth0";
    }

    @Override
    public Meant read(AppRequest request) {
        return switch (request.method() + ' ' + request.path()) {
            case "POST oauth/token" -> token(request);
            case "POST oauth/revoke" ->
                request.text("token").<Meant>map(Meant.Revoke::new).orElseGet(() -> missing("token"));
            case "GET userinfo" -> new Meant.Person();
            default -> new Meant.Nothing(AppAnswer.of(AppAnswer.NOT_FOUND, "error", "not_found"));
        };
    }

    private static Meant token(AppRequest request) {
        String grant = request.text("grant_type").orElse("");
        if (grant.equals("refresh_token")) {
            return request.text("refresh_token")
                    .<Meant>map(Meant.Refresh::new)
                    .orElseGet(() -> missing("refresh_token"));
        }
        if (!grant.equals(EXCHANGE)) {
            return unsupported("unsupported_grant_type", "Unsupported grant type: " + grant);
        }
        ProviderName provider =
                request.text("subject_token_type").map(PROVIDERS::get).orElse(null);
        Optional<String> token = request.text("subject_token");
        if (provider == null || token.isEmpty()) {
            return provider == null
                    ? unsupported("invalid_request", "Invalid subject_token_type")
                    : missing("subject_token");
        }
        Map<String, String> further = request.texts("scope", AUDIENCE);
        TokenKind kind = provider.kind().orElseThrow();
        if (kind == TokenKind.AUTHORIZATION_CODE) {
            userProfile(request).ifPresent(profile -> further.put("user_profile", profile));
        }
        return new Meant.Exchange(provider, kind, token.get(), further);
    }

    /** JSON as a text, or as what it is. */
    private static Optional<String> userProfile(AppRequest request) {
        JsonNode profile = request.body().path("user_profile");
        return profile.isObject() ? Optional.of(profile.toString()) : request.text("user_profile");
    }

    @Override
    public Map<String, String> credentials(AppRequest request) {
        return request.text(SECRET).map(secret -> Map.of(SECRET, secret)).orElseGet(Map::of);
    }

    private static Meant missing(String name) {
        return Meant.missing(
                AppAnswer.ofOAuth(AppAnswer.BAD_REQUEST, "invalid_request", "Missing required parameter: " + name));
    }

    private static Meant unsupported(String error, String description) {
        return Meant.unsupported(AppAnswer.ofOAuth(AppAnswer.BAD_REQUEST, error, description));
    }

    @Override
    public AppAnswer tokens(AppRequest request, Meant meant, Issued issued) {
        return new AppAnswer(
                AppAnswer.OK,
                issued.copy(
                        AppAnswer.object(),
                        "access_token",
                        "id_token",
                        "refresh_token",
                        "scope",
                        "expires_in",
                        "token_type"));
    }

    @Override
    public AppAnswer person(AppRequest request, JsonNode claims) {
        return new AppAnswer(AppAnswer.OK, claims);
    }

    @Override
    public AppAnswer done(AppRequest request) {
        return AppAnswer.empty(AppAnswer.OK);
    }

    @Override
    public AppAnswer refused(AppRequest request, Meant meant, Refused refused) {
        return AppAnswer.ofOAuth(refused.status(), refused.error(), refused.description());
    }
}
