package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.OwnTransaction;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * What one request has done, for whoever reads the realm's admin events.
 *
 * @param wanted the event's path has no query, and its representation only numbers
 */
record ImportEvents(
        KeycloakSession session, AdminEventBuilder adminEvent, OperationType operation, Map<String, String> wanted) {
    private static final Logger LOG = Logger.getLogger(ImportEvents.class);

    /** @param numbers of people, by what has become of them */
    void done(Map<String, Integer> numbers) {
        send(adminEvent, numbers);
    }

    /**
     * The answer is an error, with which Keycloak (26.7) rolls back whatever the request's own session has written: an event beside it tells of those who were committed before, and the server's log
     * if the database takes no event either.
     *
     * @param numbers up to then
     */
    void brokenOff(Map<String, Integer> numbers, ExchangeException failed) {
        String error = failed.error().reason(failed.detail());
        LOG.warnf("broken off: error=%s source=%s done=%s", error, wanted.get("source"), numbers);
        ForeignCode.aside("event store", () -> new OwnTransaction(session).run(own -> {
            send(adminEvent.clone(own).detail("error", error), numbers);
            return true;
        }));
    }

    private void send(AdminEventBuilder event, Map<String, Integer> numbers) {
        wanted.forEach(event::detail);
        event.operation(operation)
                .resource(ResourceType.USER)
                .resourcePath(session.getContext().getUri())
                .representation(numbers)
                .success();
    }
}
