package dev.socialexchange.keycloak.simulator;

import com.nimbusds.jose.JWSAlgorithm;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * An OpenID provider that keeps to the book, at {@code acme.example}: opaque access tokens, ES256 by default with RS256
 * keys beside it, and introspection that answers for any token of any client.
 */
public final class Oidc extends OpenIdProvider {

    public static final String CLIENT_ID = "acme-client";

    private static final String HOST = "acme.example";

    Oidc() {
        super(
                "https://acme.example",
                new SigningKeys(JWSAlgorithm.ES256, JWSAlgorithm.RS256),
                CLIENT_ID,
                "acme-secret",
                "openid",
                "profile",
                "email");
    }

    @Override
    void addRoutes(Router router, People people) {
        router.getOrPost(HOST, "/authorize", new AuthorizeEndpoint(this, people))
                .post(HOST, "/token", new TokenEndpoint(this))
                .getOrPost(HOST, "/userinfo", new UserinfoEndpoint(this, this::userinfo))
                .post(HOST, "/introspect", new IntrospectionEndpoint(this, this::introspect))
                .get(HOST, "/jwks", this::publicKeys)
                .get(HOST, "/\\.well-known/openid-configuration", this::discovery);
    }

    /** A JWT access token in the shape of RFC 9068, for an API that the client owns. */
    public String jwtAccessToken(String client, Person person) {
        return jwtAccessToken(client, person, claims -> {}, header -> {});
    }

    public String jwtAccessToken(
            String client, Person person, Consumer<Map<String, Object>> claims, Consumer<Map<String, Object>> header) {
        Grant grant = newGrant(Grant.Kind.ACCESS, client, person, defaultScopes(), null);
        Map<String, Object> standard = Json.object(
                "iss", issuer(),
                "sub", subject(client, person),
                "aud", "https://api.acme.example",
                "client_id", client,
                "scope", grant.scope(),
                "jti", Digests.random(24),
                "iat", grant.issuedAt().getEpochSecond(),
                "exp", grant.expiresAt().getEpochSecond());
        return keep(sign(standard, "at+jwt", claims, header), grant);
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
    String newAccessToken(Grant grant) {
        return "acme-at-" + Digests.random(40);
    }

    @Override
    boolean issuesRefreshToken(Set<String> scopes) {
        return scopes.contains("offline_access");
    }

    /** As Okta does it: only an access token has a {@code token_type}. */
    private Map<String, Object> introspect(Grant grant) {
        Map<String, Object> answer = Json.object(
                "client_id", grant.clientId(),
                "sub", subject(grant.clientId(), grant.person()),
                "username", grant.person().username(),
                "scope", grant.scope(),
                "iss", issuer(),
                "iat", grant.issuedAt().getEpochSecond());
        if (grant.kind() == Grant.Kind.ACCESS) {
            answer.put("token_type", "Bearer");
            answer.put("exp", grant.expiresAt().getEpochSecond());
        }
        return answer;
    }

    private Response discovery(Request request) {
        return discovery(Discovery.document(
                issuer(),
                issuer() + "/authorize",
                issuer() + "/token",
                issuer() + "/userinfo",
                issuer() + "/jwks",
                issuer() + "/introspect",
                "ES256",
                "RS256"));
    }
}
