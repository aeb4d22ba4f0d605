package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.door.FrontEndDoor;
import dev.socialexchange.keycloak.door.SingleParameters;
import dev.socialexchange.keycloak.proof.IssuedNonces;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Issues a nonce for the provider's id_token, to whoever asks for a client: it is worth nothing without that token. The
 * provider gets its hash, so that the token is worth nothing without the nonce, either.
 */
public class NonceResource extends FrontEndDoor {

    NonceResource(KeycloakSession session) {
        super(session, "nonce", "POST");
    }

    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Response issue(@FormParam("client_id") String clientId) {
        return open(() -> {
            SingleParameters.of(session.getContext().getHttpRequest().getDecodedFormParameters());
            return issue(enabledClient(clientId));
        });
    }

    private Response issue(ClientModel client) {
        session.getContext().setClient(client);
        String nonce = new IssuedNonces(new KeycloakSurroundings(session)).issue();
        return cors(client)
                .add(Response.ok(
                        Map.of(
                                "nonce",
                                nonce,
                                // for the provider, and so for everybody who sees the token: no way leads back from it
                                "provider_nonce",
                                Digests.sha256Base64Url(nonce),
                                "expires_in",
                                IssuedNonces.LIFESPAN_SECONDS),
                        MediaType.APPLICATION_JSON_TYPE));
    }
}
