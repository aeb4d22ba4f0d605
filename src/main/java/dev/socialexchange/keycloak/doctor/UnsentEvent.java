package dev.socialexchange.keycloak.doctor;

import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;

/** The event of a rehearsal: it gets to know everything, and is told to nobody. */
final class UnsentEvent extends EventBuilder {
    private final KeycloakSession session;

    UnsentEvent(KeycloakSession session) {
        super(session.getContext().getRealm(), session, session.getContext().getConnection());
        this.session = session;
    }

    @Override
    public void success() {
        // told to nobody
    }

    @Override
    public void error(String error) {
        getEvent().setError(error);
    }

    @Override
    public EventBuilder clone() {
        UnsentEvent copy = new UnsentEvent(session);
        copy.event(getEvent().getType()).client(getEvent().getClientId());
        return copy;
    }
}
