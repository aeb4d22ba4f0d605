package dev.socialexchange.keycloak.simulator;

import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** GitHub, and the same on a GitHub Enterprise Server at {@code ghe.example}. */
public final class GitHub extends Provider {

    public static final String CLIENT_ID = "Iv1.0a1b2c3d4e5f6071";

    private static final String ENTERPRISE = "ghe.example";

    GitHub() {
        super(CLIENT_ID, "github-secret", "read:user", "user:email");
    }

    @Override
    void addRoutes(Router router, People people) {
        addRoutes(router, people, "github.com", "api.github.com", "");
        addRoutes(router, people, ENTERPRISE, ENTERPRISE, "/api/v3");
    }

    private void addRoutes(Router router, People people, String web, String api, String apiPath) {
        GitHubApi endpoints = new GitHubApi(this);
        router.getOrPost(web, "/login/oauth/authorize", new AuthorizeEndpoint(this, people))
                .post(web, "/login/oauth/access_token", new TokenEndpoint(this))
                .post(api, apiPath + "/applications/([^/]+)/token", endpoints::checkToken)
                .delete(api, apiPath + "/applications/([^/]+)/(?:token|grant)", endpoints::deleteToken)
                .get(api, apiPath + "/user", endpoints::user)
                .get(api, apiPath + "/user/emails", endpoints::emails);
    }

    /** A token that a person made by hand, for no app at all. */
    public String personalToken(Person person) {
        Grant grant = newGrant(Grant.Kind.ACCESS, "", person, defaultScopes(), null);
        return keep("ghp_" + Digests.random(36), grant);
    }

    @Override
    Duration lifetime() {
        return null;
    }

    @Override
    String newAccessToken(Grant grant) {
        return "gho_" + Digests.random(36);
    }

    @Override
    String newCode() {
        return Digests.sha256Hex(Digests.random(20)).substring(0, 20);
    }

    @Override
    String tokenType() {
        return "bearer";
    }

    @Override
    String scopeText(Set<String> scopes) {
        return String.join(",", scopes);
    }

    @Override
    Response tokenAnswer(Map<String, Object> tokens, Request request) {
        String accept = request.header("accept");
        return accept != null && accept.contains("json") ? Response.json(200, tokens) : Response.form(200, tokens);
    }

    /** GitHub's refusals have status 200. */
    @Override
    Response refusal(OAuthFailure failure, Request request) {
        Map<String, Object> body =
                switch (failure.error()) {
                    case "invalid_client" ->
                        error(
                                "incorrect_client_credentials",
                                "The client_id and/or client_secret passed are incorrect.");
                    case "redirect_uri_mismatch" ->
                        error(
                                "redirect_uri_mismatch",
                                "The redirect_uri MUST match the registered callback URL for this application.");
                    default -> error("bad_verification_code", "The code passed is incorrect or expired.");
                };
        return tokenAnswer(body, request);
    }

    private static Map<String, Object> error(String error, String description) {
        return Json.object("error", error, "error_description", description, "error_uri", GitHubApi.DOCUMENTATION);
    }
}
