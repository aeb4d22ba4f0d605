package dev.socialexchange.keycloak.login;

import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** A flow that runs where nobody sees a page: steps must not act on the world outside, and their forms lead nowhere. */
public final class Headless {
    private static final String MARK = Headless.class.getName();

    private Headless() {}

    /** For the rest of this session; an attribute, so that it ends with the session and is stored nowhere. */
    static void mark(KeycloakSession session) {
        session.setAttribute(MARK, Boolean.TRUE);
    }

    public static boolean is(KeycloakSession session) {
        return session.getAttribute(MARK) != null;
    }

    /**
     * Whether all steps of a flow are Keycloak's or ours. Others may send a mail or a text message, which rolling back does
     * not undo, so they wait for a browser unless a server option names them.
     */
    static boolean mayRun(KeycloakSession session, RealmModel realm, AuthenticationFlowModel flow) {
        return realm.getAuthenticationExecutionsStream(flow.getId())
                .filter(execution -> !execution.isDisabled())
                .allMatch(execution -> execution.isAuthenticatorFlow()
                        ? mayRun(session, realm, FlowParts.flow(realm, execution))
                        : HeadlessSteps.isKnown(FlowParts.step(session, execution), execution.getAuthenticator()));
    }
}
