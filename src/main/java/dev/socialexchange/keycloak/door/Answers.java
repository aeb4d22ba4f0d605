package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.ErrorEvent;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.RequestConnection;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/**
 * Turns outcomes into responses: the one place where a refusal becomes an event, a log line and JSON.
 *
 * @param event of what is attempted
 * @param cors knows the client's origins
 */
public record Answers(KeycloakSession session, EventBuilder event, Cors cors) {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    public Response success(Object entity) {
        ForeignCode.aside("event store", event::success);
        return ok(entity);
    }

    /** Of what has told its success itself, or is none to tell. */
    public Response ok(Object entity) {
        return cors.add(Response.ok(entity, MediaType.APPLICATION_JSON_TYPE));
    }

    public Response refusal(ExchangeException refused) {
        return refusal(refused, Optional.empty());
    }

    /** @param link where the person can go on, when a browser helps */
    public Response refusal(ExchangeException refused, Optional<ContinuationLink> link) {
        // A response that is merely returned would commit (Keycloak 26); success events are not sent after a rollback.
        session.getTransactionManager().setRollbackOnly();
        RequestConnection.abandon(session); // the event has a session, and a connection, of its own
        ErrorEvent.send(event, refused);
        LOG.debugf(
                "refused: event=%s client=%s provider=%s reason=%s",
                event.getEvent().getType(),
                event.getEvent().getClientId(),
                event.getEvent().getDetails().get(Details.IDENTITY_PROVIDER),
                event.getEvent().getDetails().get(Details.REASON));
        return Refusal.answer(refused, link, cors);
    }
}
