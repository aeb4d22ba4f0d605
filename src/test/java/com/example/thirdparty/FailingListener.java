package com.example.thirdparty;

import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;

/** Somebody who wants to hear of events, and fails where and how two attributes of the realm say. */
public final class FailingListener implements EventListenerProvider {
    public static final String ID = "failing-listener";

    /** Attributes of the realm: a {@link Fault}. */
    public static final String AT_EVENT = "failing-listener.at-event";

    public static final String AT_CREATION = "failing-listener.at-creation";

    private final KeycloakSession session;

    private FailingListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        fail(session, AT_EVENT);
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // says nothing of administrators
    }

    private static void fail(KeycloakSession session, String attribute) {
        RealmModel realm = session.getContext().getRealm();
        if (realm != null) {
            Fault.raise(realm.getAttribute(attribute), session);
        }
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Makes {@link FailingListener}s. */
    public static final class Factory implements EventListenerProviderFactory {

        @Override
        public String getId() {
            return ID;
        }

        @Override
        public EventListenerProvider create(KeycloakSession session) {
            fail(session, AT_CREATION);
            return new FailingListener(session);
        }

        @Override
        public void init(Config.Scope config) {
            // has no settings
        }

        @Override
        public void postInit(KeycloakSessionFactory factory) {
            // needs nothing else
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
