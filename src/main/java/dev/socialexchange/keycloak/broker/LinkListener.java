package dev.socialexchange.keycloak.broker;

import org.keycloak.Config;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Learns of links that browser logins make, which Keycloak writes in a request of its own after the flow. */
public final class LinkListener implements EventListenerProvider {
    private final KeycloakSession session;

    private LinkListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        AuthenticationSessionModel authSession = session.getContext().getAuthenticationSession();
        if (event.getType() != EventType.FEDERATED_IDENTITY_LINK || authSession == null) {
            return;
        }
        UserModel user = session.users().getUserById(session.getContext().getRealm(), event.getUserId());
        if (user != null) {
            String alias = event.getDetails().get(Details.IDENTITY_PROVIDER);
            LinkNotice.sendIfRequested(session, authSession, user, alias);
        }
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // an administrator's link is not a person's
    }

    @Override
    public void close() {
        // holds nothing
    }

    public static final class Factory implements EventListenerProviderFactory {

        @Override
        public String getId() {
            return "social-exchange-links";
        }

        @Override
        public EventListenerProvider create(KeycloakSession session) {
            return new LinkListener(session);
        }

        /** In every realm, without being named in its settings. */
        @Override
        public boolean isGlobal() {
            return true;
        }

        @Override
        public void init(Config.Scope config) {
            // nothing to read
        }

        @Override
        public void postInit(KeycloakSessionFactory factory) {
            // nothing to wait for
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
