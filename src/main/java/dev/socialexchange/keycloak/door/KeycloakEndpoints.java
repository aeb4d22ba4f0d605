package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.RequestEvent;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.endpoints.TokenEndpoint;
import org.keycloak.protocol.oidc.endpoints.TokenRevocationEndpoint;
import org.keycloak.protocol.oidc.endpoints.UserInfoEndpoint;

/**
 * The realm's own endpoints (Keycloak 26.7), for requests that come in another shape: what authenticates a client, refuses a request and issues tokens
 * is the same code, whichever way somebody comes. Each throws a {@code WebApplicationException} where the endpoint itself does.
 */
public record KeycloakEndpoints(KeycloakSession session) {

    /** @param form in the endpoint's own words; a parameter has at least one value */
    public Response tokens(MultivaluedMap<String, String> form) {
        insteadOfWhatWasSent(form);
        return new TokenEndpoint(session, new TokenManager(), RequestEvent.of(session)).processGrantRequest();
    }

    /** @param form in the endpoint's own words; a parameter has at least one value */
    public Response revocation(MultivaluedMap<String, String> form) {
        insteadOfWhatWasSent(form);
        return new TokenRevocationEndpoint(session, RequestEvent.of(session)).revoke();
    }

    /** Of the access token in the request's own header. */
    public Response userInfo() {
        return new UserInfoEndpoint(session, new TokenManager()).issueUserInfoGet();
    }

    private void insteadOfWhatWasSent(MultivaluedMap<String, String> form) {
        KeycloakContext context = session.getContext();
        context.setHttpRequest(new FormInstead(context.getHttpRequest(), form));
    }
}
