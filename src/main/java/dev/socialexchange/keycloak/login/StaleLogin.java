package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.provider.ProvenAt;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A login in a browser that was waiting on a page while its provider has said that the account counts no more. Keycloak (26.7) makes the protocol's answer, which may be all that an app
 * wants (SAML, the implicit flow), before it says that somebody has logged in; but it says before that a page was answered, and asks afterwards whether the login is to end
 * there.
 */
@Mirrors(type = "org.keycloak.services.managers.AuthenticationManager", methods = "finishedRequiredActions")
public final class StaleLogin {

    private StaleLogin() {}

    /** @param event of what somebody has done on a page */
    public static void end(KeycloakSession session, Event event) {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        UserModel user = login == null ? null : login.getAuthenticatedUser();
        if (user == null) {
            return;
        }
        ProvenAt.waiting(login)
                .filter(waiting -> hasComeBy(waiting.alias(), login, event))
                .flatMap(waiting -> new SignalsSince(session)
                        .refusal(
                                user,
                                waiting.alias(),
                                () -> CameBy.known(session, login, waiting.alias()),
                                waiting.seconds()))
                .ifPresent(stale -> login.setAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS, "true"));
    }

    /** And does not only link the account; what is noted for the session is not there yet while the flow after a login goes on. */
    private static boolean hasComeBy(String alias, AuthenticationSessionModel login, Event event) {
        return event.getType() == EventType.IDENTITY_PROVIDER_POST_LOGIN
                || alias.equals(login.getUserSessionNotes().get(Details.IDENTITY_PROVIDER));
    }
}
