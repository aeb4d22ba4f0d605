package dev.socialexchange.keycloak.simulator;

import java.util.Optional;

/** Facebook's two grants of its own beside the standard ones. */
final class FacebookTokenEndpoint implements Endpoint {

    private final Facebook facebook;
    private final TokenEndpoint standard;

    FacebookTokenEndpoint(Facebook facebook) {
        this.facebook = facebook;
        this.standard = new TokenEndpoint(facebook);
    }

    @Override
    public Response answer(Request request) {
        return switch (Optional.ofNullable(request.parameter("grant_type")).orElse("")) {
            case "client_credentials" -> appToken(request);
            case "fb_exchange_token" -> longLivedToken(request);
            default -> standard.answer(request);
        };
    }

    private Response appToken(Request request) {
        try {
            String app = Clients.authenticate(facebook, request, false);
            return Response.json(
                    200, Json.object("access_token", app + "|" + facebook.secret(app), "token_type", "bearer"));
        } catch (OAuthFailure e) {
            return facebook.refusal(e, request);
        }
    }

    private Response longLivedToken(Request request) {
        try {
            String app = Clients.authenticate(facebook, request, false);
            return facebook.findValid(request.parameter("fb_exchange_token"), Grant.Kind.ACCESS)
                    .filter(grant -> grant.clientId().equals(app))
                    .map(grant ->
                            facebook.issue(new AuthorizationCode(app, grant.person(), grant.scopes(), "", null, null)))
                    .map(tokens -> Response.json(200, tokens))
                    .orElseGet(() -> FacebookError.invalidToken().response(400));
        } catch (OAuthFailure e) {
            return facebook.refusal(e, request);
        }
    }
}
