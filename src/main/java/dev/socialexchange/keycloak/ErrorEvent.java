package dev.socialexchange.keycloak;

import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;

/** How a refusal becomes an event, whoever is refused, and wherever. */
public final class ErrorEvent {

    private ErrorEvent() {}

    /** None for what an event has told already; the reason is the event's all the same, for whoever reads it. */
    public static void send(EventBuilder event, ExchangeException refused) {
        event.detail(Details.REASON, refused.error().reason(refused.detail()));
        if (refused.isTold()) {
            ForeignCode.aside("event store", () -> event.error(refused.error().eventError()));
        }
    }
}
