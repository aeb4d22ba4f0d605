package dev.socialexchange.keycloak.simulator;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Facebook Login with its opaque tokens, and Limited Login with its id_tokens. */
public final class Facebook extends OpenIdProvider {

    public static final String APP_ID = "138480011122233";

    private static final String WWW = "www.facebook.com";
    private static final String GRAPH = "graph.facebook.com";
    private static final String LIMITED = "limited.facebook.com";
    private static final String VERSION = "(?:/v[0-9]+\\.[0-9])?";

    Facebook() {
        super(
                "https://www.facebook.com",
                new SigningKeys(JWSAlgorithm.RS256),
                APP_ID,
                "facebook-secret",
                "email",
                "public_profile");
    }

    @Override
    void addRoutes(Router router, People people) {
        AuthorizeEndpoint dialog = new AuthorizeEndpoint(this, people);
        FacebookGraph graph = new FacebookGraph(this);
        router.getOrPost(WWW, VERSION + "/dialog/oauth", dialog)
                .getOrPost(GRAPH, VERSION + "/oauth/authorize", dialog)
                .getOrPost(GRAPH, VERSION + "/oauth/access_token", new FacebookTokenEndpoint(this))
                .get(GRAPH, VERSION + "/debug_token", new FacebookDebugToken(this))
                .get(GRAPH, VERSION + "/me", graph::me)
                .get(GRAPH, VERSION + "/app", graph::app)
                .delete(GRAPH, VERSION + "/([0-9]+)/permissions", graph::withdraw);
        for (String host : new String[] {LIMITED, WWW}) {
            router.get(host, "/\\.well-known/oauth/openid/jwks/?", this::publicKeys)
                    .get(host, "/\\.well-known/openid-configuration/?", this::discovery);
        }
    }

    /** The same person has another id in every app; the demo realm's app sees the person's own. */
    @Override
    public String subject(String client, Person person) {
        if (client.equals(APP_ID)) {
            return person.id();
        }
        String hash = Digests.sha256Hex(client + "/" + person.id());
        return "10" + Long.parseLong(hash.substring(0, 13), 16);
    }

    /** Limited Login says nothing about whether the address was ever verified. */
    @Override
    Map<String, Object> profile(Person person, Set<String> scopes) {
        Map<String, Object> profile = OpenIdClaims.of(person, Set.of("profile", "email"));
        profile.remove("email_verified");
        return profile;
    }

    @Override
    Map<String, Object> idTokenClaims(String client, Person person, Set<String> scopes, String nonce) {
        Map<String, Object> claims = super.idTokenClaims(client, person, scopes, nonce);
        claims.remove("azp");
        return claims;
    }

    @Override
    Duration lifetime() {
        return Duration.ofDays(60);
    }

    @Override
    String newAccessToken(Grant grant) {
        return "EAA" + Digests.random(150);
    }

    @Override
    String newCode() {
        return "AQ" + Digests.random(120);
    }

    @Override
    String tokenType() {
        return "bearer";
    }

    @Override
    Response refusal(OAuthFailure failure, Request request) {
        return failure.error().equals("invalid_client")
                ? FacebookError.oauth(1, "Error validating client secret.").response(400)
                : FacebookError.oauth(100, failure.getMessage()).response(400);
    }

    @Override
    Map<String, Object> denial() {
        return Json.object(
                "error", "access_denied",
                "error_code", "200",
                "error_description", "Permissions error",
                "error_reason", "user_denied");
    }

    private Response discovery(Request request) {
        return discovery(Discovery.document(
                issuer(),
                "https://" + WWW + "/dialog/oauth",
                "https://" + GRAPH + "/oauth/access_token",
                null,
                "https://" + LIMITED + "/.well-known/oauth/openid/jwks/",
                null,
                "RS256"));
    }
}
