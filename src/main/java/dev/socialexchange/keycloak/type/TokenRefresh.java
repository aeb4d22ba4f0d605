package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.provider.StoredTokens;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.representations.idm.ErrorRepresentation;

/**
 * What Keycloak's own refresh of stored tokens (26.7) leaves out: parameters that the provider wants again, and a look at the
 * answer, which Keycloak takes for tokens unless it contains the word "error".
 */
@Mirrors(
        type = "org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider",
        methods = {"retrieveToken", "refreshToken"})
final class TokenRefresh {
    private final Descriptor descriptor;
    private final StoredTokens stored;

    /** @param stored as {@link StoredTokens} has made it, or whatever else stands there */
    TokenRefresh(Descriptor descriptor, String stored) {
        this.descriptor = descriptor;
        this.stored = new StoredTokens(stored);
    }

    /** What is not kept, because it was stored by something else, is left out: then the provider refuses. */
    void addTo(Map<String, String> fields) {
        descriptor
                .kept()
                .forEach(name -> fields.computeIfAbsent(
                        name, one -> stored.json().path(one).textValue()));
    }

    /** Which of our apps they were issued to, which alone can refresh them; empty for the one of the provider's settings. */
    static Optional<String> client(TokenRefresh refresh) {
        return refresh == null ? Optional.empty() : refresh.stored.issuedTo();
    }

    /**
     * @param identity where Keycloak puts what it has refreshed
     * @param keycloaks Keycloak's own look at these tokens
     */
    Response around(FederatedIdentityModel identity, Supplier<Response> keycloaks) {
        Response answer = keycloaks.get();
        String refreshed = identity.getToken();
        if (refreshed.equals(stored.text())) {
            return answer;
        }
        identity.setToken(stored.text()); // which stays if there is nothing better
        identity.setToken(complete(refreshed));
        return Response.ok(identity.getToken()).type(MediaType.APPLICATION_JSON).build();
    }

    /**
     * @param answer what Keycloak would store now
     * @return what to store instead
     * @throws WebApplicationException if the answer has no access token; what is stored has to stay as it is then
     */
    String complete(String answer) {
        JsonNode tokens = descriptor.oauth2().orElseThrow().dialect().standard(new StoredTokens(answer).json());
        if (tokens.path(OAuth2Constants.ACCESS_TOKEN).asText().isBlank()) {
            throw refused();
        }
        return stored.refreshed(tokens, descriptor.kept()).text();
    }

    /** In Keycloak's own words. */
    private static WebApplicationException refused() {
        ErrorRepresentation error = new ErrorRepresentation();
        error.setErrorMessage("Unable to refresh token");
        return new WebApplicationException(
                "The provider has answered a refresh without an access token",
                Response.status(Response.Status.BAD_GATEWAY)
                        .entity(error)
                        .type(MediaType.APPLICATION_JSON)
                        .build());
    }
}
