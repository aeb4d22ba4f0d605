package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.PlainFactory;
import dev.socialexchange.keycloak.login.Arrival;
import dev.socialexchange.keycloak.login.BrowserLinks;
import dev.socialexchange.keycloak.login.CameBy;
import dev.socialexchange.keycloak.login.ContinuedSession;
import dev.socialexchange.keycloak.login.FormerLinks;
import dev.socialexchange.keycloak.login.Headless;
import dev.socialexchange.keycloak.login.HomeBrokerLinks;
import dev.socialexchange.keycloak.login.ImportedDeletions;
import dev.socialexchange.keycloak.login.LinkNotice;
import dev.socialexchange.keycloak.login.LinkSessions;
import dev.socialexchange.keycloak.login.LinkUndo;
import dev.socialexchange.keycloak.login.RenumberedLinks;
import dev.socialexchange.keycloak.login.ReprovenLinks;
import dev.socialexchange.keycloak.login.SignalWatch;
import dev.socialexchange.keycloak.login.SignalsSince;
import dev.socialexchange.keycloak.login.StaleLogin;
import dev.socialexchange.keycloak.provider.ProvenAt;
import dev.socialexchange.keycloak.revocation.LeftTokens;
import dev.socialexchange.keycloak.telemetry.Recorder;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Learns what becomes of browser logins after the step that decided about them: Keycloak goes on in other requests. */
public final class LinkListener implements EventListenerProvider {
    private final KeycloakSession session;

    private LinkListener(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(Event event) {
        if (event.getType() == EventType.FEDERATED_IDENTITY_LINK) {
            linked(event);
        } else if (event.getType() == EventType.LOGIN) {
            loggedIn(event);
        } else if (!Headless.is(session)) { // an exchange notes it itself, with what it commits
            Arrival.note(session, event);
            StaleLogin.end(session, event);
            exchanged(event);
        }
    }

    /** By Keycloak itself, which then begins sessions without any {@code LOGIN}. */
    private void exchanged(Event event) {
        UserSessionModel userSession = event.getType() == EventType.TOKEN_EXCHANGE && event.getSessionId() != null
                ? session.sessions().getUserSession(session.getContext().getRealm(), event.getSessionId())
                : null;
        if (userSession != null && LinkSessions.alias(userSession) != null) {
            SignalWatch.afterCommit(
                    session, userSession, LinkSessions.alias(userSession), ProvenAt.beginning(userSession));
        }
    }

    /** In a browser; an exchange, which is told of its own link as well, sees to that itself. */
    private void linked(Event event) {
        AuthenticationSessionModel authSession = session.getContext().getAuthenticationSession();
        UserModel user = session.users().getUserById(session.getContext().getRealm(), event.getUserId());
        if (user != null && authSession != null && !Headless.is(session)) {
            String alias = event.getDetails().get(Details.IDENTITY_PROVIDER);
            LinkNotice.ofBrowser(session, authSession, user, alias);
        }
    }

    /**
     * A login that was waiting on a page while the account was taken over, its link undone or suspended, or its sessions ended on the provider's word, comes to
     * nothing: its code finds no session.
     */
    private void loggedIn(Event event) {
        AuthenticationSessionModel authSession = session.getContext().getAuthenticationSession();
        if (authSession != null && ContinuedSession.is(authSession)) {
            session.getProvider(Recorder.class).continuation("finished");
        }
        RealmModel realm = session.getContext().getRealm();
        UserSessionModel userSession =
                event.getSessionId() == null ? null : session.sessions().getUserSession(realm, event.getSessionId());
        if (userSession != null
                && (Takeover.precedes(userSession)
                        || LinkUndo.precedes(session, userSession)
                        || !countsByNow(authSession, userSession))) {
            LinkSessions.endBeforeCommit(session, userSession);
        } else if (!Headless.is(session)) {
            Arrival.note(session, event);
        }
    }

    /** And by the time when it is committed, or else it ends then. */
    private boolean countsByNow(AuthenticationSessionModel authSession, UserSessionModel userSession) {
        CameBy.note(authSession, userSession);
        String alias = LinkSessions.alias(userSession);
        if (alias == null) {
            return true;
        }
        long provenAt = ProvenAt.carry(authSession, userSession, alias);
        if (new SignalsSince(session)
                .refusal(userSession.getUser(), alias, () -> CameBy.known(session, userSession), provenAt)
                .isPresent()) {
            return false;
        }
        SignalWatch.afterCommit(session, userSession, alias, provenAt);
        return true;
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        // an administrator's link is not a person's
    }

    @Override
    public void close() {
        // holds nothing
    }

    public static final class Factory implements EventListenerProviderFactory, PlainFactory<EventListenerProvider> {
        private final LeftTokens leftTokens = new LeftTokens();

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
        public void postInit(KeycloakSessionFactory factory) {
            factory.register(new BrowserLinks());
            factory.register(new HomeBrokerLinks());
            factory.register(new ReprovenLinks());
            factory.register(new FormerLinks());
            factory.register(new RenumberedLinks()); // after them: a changed id proves nothing anew
            factory.register(leftTokens);
            factory.register(new ImportedDeletions());
        }

        @Override
        public void close() {
            leftTokens.close();
        }
    }
}
