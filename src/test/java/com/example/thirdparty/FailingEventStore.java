package com.example.thirdparty;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import org.keycloak.Config;
import org.keycloak.events.Event;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.EventStoreProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Keycloak's store of events, which fails to store those of a realm with this attribute, as its value says. */
public final class FailingEventStore implements EventStoreProviderFactory {
    public static final String AT_EVENT = "failing-event-store.at-event";

    private static final String KEYCLOAKS = "jpa";

    @Override
    public String getId() {
        return "failing-event-store";
    }

    @Override
    public int order() {
        return 1; // Keycloak takes the highest where no option names one
    }

    @Override
    public EventStoreProvider create(KeycloakSession session) {
        EventStoreProvider keycloaks = session.getProvider(EventStoreProvider.class, KEYCLOAKS);
        return (EventStoreProvider) Proxy.newProxyInstance(
                FailingEventStore.class.getClassLoader(),
                new Class<?>[] {EventStoreProvider.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("onEvent") && arguments[0] instanceof Event event) {
                        Fault.raise(
                                session.realms().getRealm(event.getRealmId()).getAttribute(AT_EVENT), session);
                    }
                    try {
                        return method.invoke(keycloaks, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
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
