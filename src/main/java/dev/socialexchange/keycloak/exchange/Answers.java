package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.broker.InteractionLink;
import dev.socialexchange.keycloak.broker.RequestConnection;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.IdentityBrokerException;
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
    private static final int SERVER_ERROR = 500;

    public Response success(Object entity) {
        event.success();
        return ok(entity);
    }

    /** Of what has told its success itself, or is none to tell. */
    public Response ok(Object entity) {
        return cors.add(Response.ok(entity, MediaType.APPLICATION_JSON_TYPE));
    }

    public Response refusal(ExchangeException refused) {
        return refusal(refused, Optional.empty());
    }

    /** Of what nothing else has dealt with. */
    public Response refusal(RuntimeException foreign) {
        if (foreign instanceof WebApplicationException answer
                && answer.getResponse().getStatus() < SERVER_ERROR) {
            session.getTransactionManager().setRollbackOnly();
            throw answer; // Keycloak's own refusal, such as of a proof of possession
        }
        if (foreign instanceof IdentityBrokerException) {
            // what Keycloak's own provider classes throw at a profile that they cannot read
            return refusal(ExchangeException.unavailable("identity_unusable", ExchangeException.RETRY_AFTER_SECONDS));
        }
        return refusal(ForeignCode.fault("exchange", foreign));
    }

    /** @param link where the person can go on, when a browser helps */
    Response refusal(ExchangeException refused, Optional<InteractionLink> link) {
        // A response that is merely returned would commit (Keycloak 26); success events are not sent after a rollback.
        session.getTransactionManager().setRollbackOnly();
        RequestConnection.abandon(session); // the event has a session, and a connection, of its own
        String reason = refused.error().reason();
        String detail = refused.detail() == null ? reason : reason + ": " + refused.detail();
        event.detail(Details.REASON, detail).error(refused.error().eventError());
        LOG.debugf(
                "refused: event=%s client=%s provider=%s reason=%s",
                event.getEvent().getType(),
                event.getEvent().getClientId(),
                event.getEvent().getDetails().get(Details.IDENTITY_PROVIDER),
                detail);
        return Refusal.answer(refused, link, cors);
    }
}
