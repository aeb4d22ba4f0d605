package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.RequestEvent;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.events.Event;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;

/**
 * The events of a login that runs in a transaction of its own. Successes go with that transaction. Keycloak (26.7) would send an
 * error at once, in one more session that waits for one more connection, so errors wait here until the transaction is over.
 */
final class LoginEvents {
    private final List<Event> errors = new ArrayList<>();

    /** @param session of the login's transaction: its store and listeners get the successes */
    EventBuilder builder(KeycloakSession session, EventType type) {
        EventBuilder builder = new Waiting(session);
        builder.event(type);
        builder.client(session.getContext().getClient());
        return builder;
    }

    /** The same event as another session's builder has it. */
    EventBuilder builder(KeycloakSession session, Event like) {
        EventBuilder builder = builder(session, like.getType());
        transfer(like, builder);
        return builder;
    }

    /** What is known of the person by now, and all details. */
    static void transfer(Event from, EventBuilder to) {
        to.user(from.getUserId());
        if (from.getDetails() != null) {
            from.getDetails().forEach(to::detail);
        }
    }

    /** Of an attempt that is made again. */
    void forget() {
        errors.clear();
    }

    /**
     * What steps have said of a login that is refused is said once, with the reason.
     *
     * @param refusal the event that will say so; gets their details
     */
    void leaveTo(EventBuilder refusal) {
        EventType type = errorOf(refusal.getEvent().getType());
        errors.stream().filter(error -> error.getType() == type).forEach(error -> transfer(error, refusal));
        errors.removeIf(error -> error.getType() == type);
    }

    /** @param session that holds no connection */
    void send(KeycloakSession session) {
        for (Event error : Rehearsal.is(session) ? List.<Event>of() : errors) {
            EventBuilder builder =
                    RequestEvent.of(session).event(error.getType()).client(error.getClientId());
            transfer(error, builder);
            ForeignCode.aside("event store", () -> builder.error(error.getError()));
        }
        errors.clear();
    }

    private static EventType errorOf(EventType type) {
        return EventType.valueOf(type.name().replaceFirst("(_ERROR)?$", "_ERROR"));
    }

    private final class Waiting extends EventBuilder {
        private final KeycloakSession session;

        Waiting(KeycloakSession session) {
            super(session.getContext().getRealm(), session, session.getContext().getConnection());
            this.session = session;
        }

        @Override
        public void error(String error) {
            event(errorOf(getEvent().getType())); // as Keycloak leaves it
            Event waiting = getEvent().clone();
            waiting.setError(error);
            errors.add(waiting);
        }

        /** With the login, or there is none. */
        @Override
        public void success() {
            if (Rehearsal.is(session)) {
                return; // listeners may act at once
            }
            ForeignCode.call(() -> "event store", () -> {
                super.success();
                return null;
            });
        }

        /** Flows send events of their own from copies. */
        @Override
        public EventBuilder clone() {
            Waiting copy = new Waiting(session);
            copy.event(getEvent().getType()).client(getEvent().getClientId());
            copy.session(getEvent().getSessionId());
            transfer(getEvent(), copy);
            return copy;
        }
    }
}
