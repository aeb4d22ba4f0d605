package dev.socialexchange.keycloak;

import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;

/** An event about the request that a session is for: of its realm, from its address. */
public final class RequestEvent {

    private RequestEvent() {}

    public static EventBuilder of(KeycloakSession session) {
        KeycloakContext context = session.getContext();
        return new EventBuilder(context.getRealm(), session, context.getConnection());
    }
}
