package dev.socialexchange.keycloak.simulator;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** Another Keycloak, at {@code partner.example}: every token is a JWT, told apart by its {@code typ} claim. */
public final class Partner extends OpenIdProvider {

    public static final String CLIENT_ID = "acme-client";

    private static final String HOST = "partner.example";
    private static final String REALM = "/realms/partner";
    private static final String PROTOCOL = REALM + "/protocol/openid-connect";
    private static final Consumer<Map<String, Object>> UNCHANGED = part -> {};

    Partner() {
        super(
                "https://" + HOST + REALM,
                new SigningKeys(JWSAlgorithm.RS256),
                CLIENT_ID,
                "acme-secret",
                "openid",
                "profile",
                "email");
    }

    @Override
    void addRoutes(Router router, People people) {
        router.getOrPost(HOST, PROTOCOL + "/auth", new AuthorizeEndpoint(this, people))
                .post(HOST, PROTOCOL + "/token", new TokenEndpoint(this))
                .getOrPost(HOST, PROTOCOL + "/userinfo", new UserinfoEndpoint(this, this::userinfo))
                .post(HOST, PROTOCOL + "/token/introspect", new IntrospectionEndpoint(this, this::introspect))
                .get(HOST, PROTOCOL + "/certs", this::publicKeys)
                .get(HOST, REALM + "/\\.well-known/openid-configuration", this::discovery);
    }

    public String accessToken(
            String client, Person person, Consumer<Map<String, Object>> claims, Consumer<Map<String, Object>> header) {
        Grant grant = newGrant(Grant.Kind.ACCESS, client, person, defaultScopes(), null);
        return keep(sign(accessTokenClaims(grant), "JWT", claims, header), grant);
    }

    @Override
    String newAccessToken(Grant grant) {
        return sign(accessTokenClaims(grant), "JWT", UNCHANGED, UNCHANGED);
    }

    @Override
    String newRefreshToken(Grant grant) {
        return sign(refreshTokenClaims(grant), "JWT", UNCHANGED, UNCHANGED);
    }

    @Override
    boolean issuesRefreshToken(Set<String> scopes) {
        return true;
    }

    @Override
    Map<String, Object> profile(Person person, Set<String> scopes) {
        Map<String, Object> profile = OpenIdClaims.of(person, scopes);
        if (scopes.contains("profile")) {
            profile.put("preferred_username", person.username());
        }
        return profile;
    }

    @Override
    Map<String, Object> idTokenClaims(String client, Person person, Set<String> scopes, String nonce) {
        Map<String, Object> claims = super.idTokenClaims(client, person, scopes, nonce);
        claims.put("typ", "ID");
        return claims;
    }

    private Map<String, Object> accessTokenClaims(Grant grant) {
        Map<String, Object> claims = commonClaims(grant, "Bearer", "account");
        claims.put("exp", grant.expiresAt().getEpochSecond());
        claims.putAll(profile(grant.person(), grant.scopes()));
        return claims;
    }

    private Map<String, Object> refreshTokenClaims(Grant grant) {
        Map<String, Object> claims = commonClaims(grant, "Refresh", issuer());
        claims.put("exp", grant.issuedAt().plusSeconds(1800).getEpochSecond());
        return claims;
    }

    private Map<String, Object> commonClaims(Grant grant, String type, String audience) {
        return Json.object(
                "iat", grant.issuedAt().getEpochSecond(),
                "jti", UUID.randomUUID().toString(),
                "iss", issuer(),
                "aud", audience,
                "sub", subject(grant.clientId(), grant.person()),
                "typ", type,
                "azp", grant.clientId(),
                "sid", UUID.randomUUID().toString(),
                "scope", grant.scope());
    }

    /** Keycloak answers {@code active} for refresh tokens too, and repeats the {@code typ} as {@code token_type}. */
    private Map<String, Object> introspect(Grant grant) {
        boolean access = grant.kind() == Grant.Kind.ACCESS;
        Map<String, Object> answer = access ? accessTokenClaims(grant) : refreshTokenClaims(grant);
        answer.put("client_id", grant.clientId());
        answer.put("username", grant.person().username());
        answer.put("token_type", answer.get("typ"));
        return answer;
    }

    private Response discovery(Request request) {
        String base = "https://" + HOST + PROTOCOL;
        return Response.json(
                200,
                Discovery.document(
                        issuer(),
                        base + "/auth",
                        base + "/token",
                        base + "/userinfo",
                        base + "/certs",
                        base + "/token/introspect",
                        "RS256"));
    }
}
