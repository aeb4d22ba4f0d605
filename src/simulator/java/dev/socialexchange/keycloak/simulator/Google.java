package dev.socialexchange.keycloak.simulator;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

public final class Google extends OpenIdProvider {

    public static final String CLIENT_ID = "google-client.apps.googleusercontent.com";
    public static final String ANDROID_CLIENT_ID = "google-android.apps.googleusercontent.com";

    /** The second spelling of the issuer that Google's id_tokens may carry. */
    public static final String SHORT_ISSUER = "accounts.google.com";

    private static final String ACCOUNTS = "accounts.google.com";
    private static final String OAUTH2 = "oauth2.googleapis.com";
    private static final String OPENID = "openidconnect.googleapis.com";
    private static final String APIS = "www.googleapis.com";
    private static final String SCOPE_PREFIX = "https://www.googleapis.com/auth/userinfo.";

    private static final String OFFLINE = "offline_access";

    Google() {
        super(
                "https://accounts.google.com",
                new SigningKeys(JWSAlgorithm.RS256),
                CLIENT_ID,
                "google-secret",
                "openid",
                "profile",
                "email");
        register(ANDROID_CLIENT_ID, "google-android-secret");
    }

    @Override
    void addRoutes(Router router, People people) {
        router.getOrPost(ACCOUNTS, "/o/oauth2/(?:v2/)?auth", new AuthorizeEndpoint(this, people))
                .get(ACCOUNTS, "/\\.well-known/openid-configuration", this::discovery)
                .post(OAUTH2, "/token", new TokenEndpoint(this))
                .getOrPost(OAUTH2, "/tokeninfo", this::tokenInfo)
                .post(OAUTH2, "/revoke", this::revoke)
                .getOrPost(OPENID, "/v1/userinfo", this::userinfo)
                .getOrPost(APIS, "/oauth2/v3/userinfo", this::userinfo)
                .get(APIS, "/oauth2/v3/certs", this::publicKeys);
    }

    /** Google grants its own long names for two of the OpenID scopes, and takes either. */
    @Override
    Map<String, Object> profile(Person person, Set<String> scopes) {
        Set<String> names =
                scopes.stream().map(scope -> scope.replace(SCOPE_PREFIX, "")).collect(Collectors.toSet());
        Map<String, Object> profile = OpenIdClaims.of(person, names);
        if (person.hostedDomain() != null) {
            profile.put("hd", person.hostedDomain());
        }
        return profile;
    }

    /** Google has a parameter for what others have a scope for. */
    @Override
    Set<String> requestedScopes(Request request) {
        Set<String> scopes = new LinkedHashSet<>(super.requestedScopes(request));
        if ("offline".equals(request.parameter("access_type"))) {
            scopes.add(OFFLINE);
        }
        return scopes;
    }

    @Override
    String scopeText(Set<String> scopes) {
        return scopes.stream()
                .filter(scope -> !scope.equals(OFFLINE))
                .map(scope -> scope.equals("email") || scope.equals("profile") ? SCOPE_PREFIX + scope : scope)
                .collect(Collectors.joining(" "));
    }

    @Override
    Duration lifetime() {
        return Duration.ofSeconds(3599);
    }

    @Override
    String newAccessToken(Grant grant) {
        return "ya29.a0" + Digests.random(120);
    }

    @Override
    String newCode() {
        return "4/0A" + Digests.random(60);
    }

    @Override
    String newRefreshToken(Grant grant) {
        return "1//0" + Digests.random(60);
    }

    @Override
    boolean issuesRefreshToken(Set<String> scopes) {
        return scopes.contains(OFFLINE);
    }

    /** Every value is a string here, unlike in userinfo. */
    private Response tokenInfo(Request request) {
        Optional<Grant> found = findValid(request.parameter("access_token"), Grant.Kind.ACCESS);
        if (found.isEmpty()) {
            return Response.json(400, Json.object("error", "invalid_token", "error_description", "Invalid Value"));
        }
        Grant grant = found.get();
        Map<String, Object> info = Json.object("azp", grant.clientId(), "aud", grant.clientId());
        if (grant.allows("openid")) {
            info.put("sub", subject(grant.clientId(), grant.person()));
        }
        info.put("scope", scopeText(grant.scopes()));
        info.put("exp", Long.toString(grant.expiresAt().getEpochSecond()));
        info.put(
                "expires_in",
                Long.toString(Duration.between(Instant.now(), grant.expiresAt()).toSeconds()));
        Map<String, Object> profile = profile(grant.person(), grant.scopes());
        if (profile.containsKey("email")) {
            info.put("email", profile.get("email"));
            info.put("email_verified", String.valueOf(profile.get("email_verified")));
        }
        info.put("access_type", "online");
        return Response.json(200, info);
    }

    private Response userinfo(Request request) {
        String token = request.bearer().orElse(request.parameter("access_token"));
        return findValid(token, Grant.Kind.ACCESS)
                .map(grant -> Response.json(200, userinfo(grant)))
                .orElseGet(() -> Response.json(
                                401,
                                Json.object("error", "invalid_request", "error_description", "Invalid Credentials"))
                        .with(
                                "WWW-Authenticate",
                                "Bearer realm=\"https://accounts.google.com/\", error=\"invalid_token\""));
    }

    private Response revoke(Request request) {
        String token = request.parameter("token");
        return token != null && revoke(token)
                ? Response.json(200, Json.object())
                : Response.json(
                        400, Json.object("error", "invalid_token", "error_description", "Token expired or revoked"));
    }

    private Response discovery(Request request) {
        return discovery(Discovery.document(
                issuer(),
                "https://" + ACCOUNTS + "/o/oauth2/v2/auth",
                "https://" + OAUTH2 + "/token",
                "https://" + OPENID + "/v1/userinfo",
                "https://" + APIS + "/oauth2/v3/certs",
                null,
                "RS256"));
    }
}
