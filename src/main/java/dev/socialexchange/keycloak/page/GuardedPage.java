package dev.socialexchange.keycloak.page;

import dev.socialexchange.keycloak.ErrorEvent;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.throttle.Throttling;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.messages.Messages;

/** A page for people, on which what foreign code throws ends as at the doors for front ends: named in an event, and shown to nobody. */
public final class GuardedPage {

    private static final String TOO_MANY = "socialExchange-interaction-throttled";

    private GuardedPage() {}

    /** @param event of what the page is for */
    public static Response of(KeycloakSession session, EventBuilder event, Supplier<Response> page) {
        try {
            new Throttling(session).visit("pages");
            Response shown = ForeignCode.page("page of " + event.getEvent().getType(), page);
            RequestConnection.release(session); // at the end of the request Keycloak would answer 500 where that fails
            return shown;
        } catch (ExchangeException refused) {
            session.getTransactionManager().setRollbackOnly();
            RequestConnection.abandon(session);
            ErrorEvent.send(event, refused);
            return refusal(session, refused);
        }
    }

    private static Response refusal(KeycloakSession session, ExchangeException refused) {
        ExchangeError error = refused.error();
        Response page = UncachedPage.error(
                session,
                Response.Status.fromStatusCode(error.status()),
                error == ExchangeError.THROTTLED ? TOO_MANY : Messages.INTERNAL_SERVER_ERROR);
        return error.isTemporary()
                ? Response.fromResponse(page)
                        .header(HttpHeaders.RETRY_AFTER, refused.retryAfter())
                        .build()
                : page;
    }
}
