package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.Set;

/** Plain OAuth 2.0 without OpenID, at {@code legacy.example}. */
public final class Legacy extends Provider {

    public static final String CLIENT_ID = "acme-client";

    private static final String HOST = "legacy.example";

    Legacy() {
        super(CLIENT_ID, "acme-secret", "profile", "email");
    }

    @Override
    void addRoutes(Router router, People people) {
        router.getOrPost(HOST, "/authorize", new AuthorizeEndpoint(this, people))
                .post(HOST, "/token", new TokenEndpoint(this))
                .getOrPost(HOST, "/userinfo", new UserinfoEndpoint(this, this::userinfo))
                .get(HOST, "/api/me", new UserinfoEndpoint(this, this::nested))
                .post(HOST, "/introspect", new IntrospectionEndpoint(this, this::introspect));
    }

    @Override
    String newAccessToken(Grant grant) {
        return "legacy-at-" + Digests.random(40);
    }

    @Override
    boolean issuesRefreshToken(Set<String> scopes) {
        return true;
    }

    private Map<String, Object> userinfo(Grant grant) {
        Map<String, Object> userinfo = Json.object(
                "sub",
                subject(grant.clientId(), grant.person()),
                "preferred_username",
                grant.person().username());
        userinfo.putAll(OpenIdClaims.of(grant.person(), grant.scopes()));
        return userinfo;
    }

    /** The same in a shape that nobody has standardised. */
    private Map<String, Object> nested(Grant grant) {
        Person person = grant.person();
        return Json.object(
                "data",
                Json.object(
                        "id", Long.parseLong(person.id()),
                        "login", person.username(),
                        "display", person.name(),
                        "contact", Json.object("mail", person.email(), "confirmed", person.emailVerified() ? 1 : 0)));
    }

    /** As Hydra does it: {@code token_use} tells the kinds apart. The subject is left out, as some servers do. */
    private Map<String, Object> introspect(Grant grant) {
        boolean access = grant.kind() == Grant.Kind.ACCESS;
        return Json.object(
                "client_id",
                grant.clientId(),
                "scope",
                grant.scope(),
                "iat",
                grant.issuedAt().getEpochSecond(),
                "exp",
                (access ? grant.expiresAt() : grant.issuedAt().plusSeconds(86_400)).getEpochSecond(),
                "token_type",
                "Bearer",
                "token_use",
                access ? "access_token" : "refresh_token");
    }
}
