package dev.socialexchange.keycloak.exchange;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.broker.InteractionLink;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.representations.AccessTokenResponse;

/** Turns outcomes into responses: the one place where a refusal becomes an event, a log line and JSON. */
final class Answers {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    private final TokenExchangeContext context;

    Answers(TokenExchangeContext context) {
        this.context = context;
    }

    /** RFC 6749 §5.2, with the machine code that front ends rely on. */
    record Refusal(
            String error,
            @JsonProperty("error_description") String description,
            @JsonProperty("error_reason") String reason,
            @JsonProperty("interaction_uri") @JsonInclude(JsonInclude.Include.NON_NULL) String interactionUri,
            @JsonProperty("interaction_expires_in") @JsonInclude(JsonInclude.Include.NON_NULL)
                    Integer interactionExpiresIn) {

        static Refusal of(ExchangeException refused, Optional<InteractionLink> link) {
            return new Refusal(
                    refused.error().error(),
                    refused.getMessage(),
                    refused.error().reason(),
                    link.map(InteractionLink::uri).orElse(null),
                    link.map(InteractionLink::expiresIn).orElse(null));
        }
    }

    Response success(AccessTokenResponse tokens) {
        context.getEvent().success();
        return cors(Response.ok(tokens));
    }

    Response refusal(ExchangeException refused) {
        return refusal(refused, Optional.empty());
    }

    /** @param link where the person can go on, when a browser helps */
    Response refusal(ExchangeException refused, Optional<InteractionLink> link) {
        ExchangeError error = refused.error();
        // A response that is merely returned would commit (Keycloak 26); success events are not sent after a rollback.
        context.getSession().getTransactionManager().setRollbackOnly();
        String detail = refused.detail() == null ? error.reason() : error.reason() + ": " + refused.detail();
        context.getEvent().detail(Details.REASON, detail).error(error.eventError());
        LOG.debugf(
                "exchange refused: client=%s provider=%s reason=%s",
                context.getClient().getClientId(),
                context.getEvent().getEvent().getDetails().get("identity_provider"),
                detail);
        Response.ResponseBuilder response = Response.status(error.status()).entity(Refusal.of(refused, link));
        if (error.status() == Response.Status.SERVICE_UNAVAILABLE.getStatusCode()) {
            response.header(HttpHeaders.RETRY_AFTER, refused.retryAfter());
            context.getCors().exposedHeaders(HttpHeaders.RETRY_AFTER); // else no script in a browser could read it
        }
        return cors(response);
    }

    /** {@code Cache-Control: no-store} is on every answer of the token endpoint already. */
    private Response cors(Response.ResponseBuilder response) {
        return context.getCors().add(response.type(MediaType.APPLICATION_JSON_TYPE));
    }
}
