package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.page.ForeignAccount;
import dev.socialexchange.keycloak.page.ProviderName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.Constants;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Tells an account's owner by mail that an external account opens it now, and how to undo that: after the link is committed, and
 * on another thread, so that a mail server neither delays nor breaks a login.
 */
public final class LinkNotice {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");
    private static final String REQUESTED = "SOCIAL_EXCHANGE_LINK_NOTICE";
    private static final String DECLINED = "declined";

    /**
     * What the mail says.
     *
     * @param address of the owner when the link is made: what the provider says about the account may take its place right after
     * @param undo a URL
     */
    private record Content(
            String realmId, String userId, String address, String alias, ForeignAccount account, String undo) {}

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
        Content content = new Content(realm.getId(), user.getId(), address, link.getIdentityProvider(), account, undo);
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        ExecutorService executor = session.getProvider(ExecutorsProvider.class).getExecutor("social-exchange-mail");
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                try {
                    executor.execute(() ->
                            KeycloakModelUtils.runJobInTransaction(factory, mailing -> deliver(mailing, content)));
                } catch (RejectedExecutionException shuttingDown) {
                    LOG.warnf("no mail about a new link: provider=%s reason=shutdown", content.alias());
                }
            }

            @Override
            protected void rollbackImpl() {
                // nothing has happened that anybody should know of
            }
        });
    }

    private static void deliver(KeycloakSession session, Content content) {
        RealmModel realm = session.realms().getRealm(content.realmId());
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, content.userId());
        if (user == null) {
            return;
        }
        String provider = ProviderName.of(session, content.alias());
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("providerName", provider);
        attributes.put("foreignName", content.account().name());
        attributes.put("undoLink", content.undo());
        attributes.put("undoDays", LinkUndo.LIFESPAN.toDays());
        attributes.put(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true); // there is no request here
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(user)
                    .send(
                            "socialExchange-linkedSubject",
                            List.of(provider),
                            "social-exchange-linked.ftl",
                            attributes,
                            content.address());
        } catch (EmailException undelivered) {
            // the exception's text may hold the address
            LOG.warnf("no mail about a new link: provider=%s reason=mail_server", content.alias());
        }
    }
}
