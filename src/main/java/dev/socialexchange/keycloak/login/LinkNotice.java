package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.page.ForeignAccount;
import java.util.Map;
import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Tells an account's owner by mail that an external account opens it now, and how to undo that: after the link is committed, and
 * on another thread, so that a mail server neither delays nor breaks a login.
 */
public final class LinkNotice {
    private static final String REQUESTED = "SOCIAL_EXCHANGE_LINK_NOTICE";
    private static final String DECLINED = "declined";

    private LinkNotice() {}

    /** By the step that decides; in a browser other steps may follow before there is a link. */
    public static void request(AuthenticationSessionModel authSession, ForeignAccount account) {
        authSession.setAuthNote(REQUESTED, account.toNote());
    }

    /** By a step whose setting says that it tells nobody. */
    public static void decline(AuthenticationSessionModel authSession) {
        authSession.setAuthNote(REQUESTED, DECLINED);
    }

    /** Of a link that an exchange has made: told unless the step that decided about it has declined. */
    static void ofExchange(
            KeycloakSession session,
            AuthenticationSessionModel authSession,
            UserModel user,
            BrokeredIdentityContext identity) {
        if (!DECLINED.equals(authSession.getAuthNote(REQUESTED))) {
            send(session, user, Identities.link(identity), ForeignAccount.of(identity));
        }
    }

    /**
     * Of a link that Keycloak has made in a browser: told if a step of ours has decided about it, and always where the login
     * has gone on from a link, whatever step has proven the account.
     */
    public static void ofBrowser(
            KeycloakSession session, AuthenticationSessionModel authSession, UserModel user, String alias) {
        FederatedIdentityModel link =
                session.users().getFederatedIdentity(session.getContext().getRealm(), user, alias);
        String requested = authSession.getAuthNote(REQUESTED);
        authSession.removeAuthNote(REQUESTED);
        if (link != null) {
            ContinuedSession.account(authSession, alias, link.getUserId())
                    .or(() -> Optional.ofNullable(requested)
                            .filter(note -> !note.equals(DECLINED))
                            .map(ForeignAccount::ofNote))
                    .ifPresent(account -> send(session, user, link, account));
        }
    }

    /** When this session's transaction has committed; never if it is rolled back. */
    static void send(KeycloakSession session, UserModel user, String alias) {
        FederatedIdentityModel link =
                session.users().getFederatedIdentity(session.getContext().getRealm(), user, alias);
        send(session, user, link, ForeignAccount.claimed(link.getUserName(), link.getUserId()));
    }

    private static void send(
            KeycloakSession session, UserModel user, FederatedIdentityModel link, ForeignAccount account) {
        RealmModel realm = session.getContext().getRealm();
        String address = user.getEmail();
        if (realm.getSmtpConfig().isEmpty() || address == null) {
            return;
        }
        // the address of the realm's pages is known in a request only
        String undo = LinkUndo.address(session, user, link, account);
        new LaterMail(
                        "a new link",
                        user.getId(),
                        address,
                        link.getIdentityProvider(),
                        "socialExchange-linkedSubject",
                        "social-exchange-linked.ftl",
                        (mailing, owner) -> Map.of(
                                "foreignName", account.name(),
                                "undoLink", undo,
                                "undoDays", LinkUndo.LIFESPAN.toDays()))
                .send(session);
    }
}
