package dev.socialexchange.keycloak.simulator;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** RFC 6749 section 3.2 with RFC 7636, for every provider; how answers look is the provider's business. */
final class TokenEndpoint implements Endpoint {

    private final Provider provider;

    TokenEndpoint(Provider provider) {
        this.provider = provider;
    }

    @Override
    public Response answer(Request request) {
        try {
            String client = provider.authenticate(request);
            return provider.tokenAnswer(tokens(client, request), request);
        } catch (OAuthFailure e) {
            return provider.refusal(e, request);
        }
    }

    private Map<String, Object> tokens(String client, Request request) {
        String grantType = Optional.ofNullable(request.parameter("grant_type")).orElse("authorization_code");
        return switch (grantType) {
            case "authorization_code" -> redeem(client, request);
            case "refresh_token" -> refresh(client, request);
            case "client_credentials" -> ofTheApp(client, request);
            default -> throw new OAuthFailure(400, "unsupported_grant_type", "Unsupported grant type");
        };
    }

    private Map<String, Object> redeem(String client, Request request) {
        String value = request.parameter("code");
        if (value == null) {
            throw OAuthFailure.invalidRequest("Missing required parameter: code");
        }
        String redirectUri =
                Optional.ofNullable(request.parameter("redirect_uri")).orElse("");
        if (!provider.knowsRedirectUri(redirectUri)) {
            throw OAuthFailure.redirectUriMismatch();
        }
        AuthorizationCode code =
                provider.takeCode(value).orElseThrow(() -> OAuthFailure.invalidGrant("Malformed auth code."));
        if (!code.clientId().equals(client)) {
            throw OAuthFailure.invalidGrant("The code was issued to another client");
        }
        if (!code.redirectUri().equals(redirectUri)) {
            throw OAuthFailure.redirectUriMismatch();
        }
        String verifier = request.parameter("code_verifier");
        if (!code.provenBy(verifier)) {
            throw OAuthFailure.invalidGrant(verifier == null ? "Missing code verifier." : "Invalid code verifier.");
        }
        Map<String, Object> tokens = provider.issue(code);
        if (provider.issuesRefreshToken(code.scopes())) {
            tokens.put("refresh_token", provider.refreshToken(client, code.person(), code.scopes(), code.nonce()));
        }
        return tokens;
    }

    /** An app's own token, which only some providers have, for a scope that is nobody's. */
    private Map<String, Object> ofTheApp(String client, Request request) {
        if (!provider.grantsApps(request.parameter("scope"))) {
            throw new OAuthFailure(400, "unsupported_grant_type", "Unsupported grant type");
        }
        String token = provider.accessToken(client, Person.unknown("The app"), Set.of(request.parameter("scope")));
        return Json.object("access_token", token, "token_type", "Bearer", "expires_in", 3600);
    }

    private Map<String, Object> refresh(String client, Request request) {
        Grant grant = provider.findValid(request.parameter("refresh_token"), Grant.Kind.REFRESH)
                .filter(found -> found.clientId().equals(client))
                .orElseThrow(() -> OAuthFailure.invalidGrant("Token has been expired or revoked."));
        return provider.issue(new AuthorizationCode(client, grant.person(), grant.scopes(), "", null, grant.nonce()));
    }
}
