package dev.socialexchange.keycloak.broker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.jboss.logging.Logger;
import org.keycloak.email.EmailException;
import org.keycloak.email.EmailTemplateProvider;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Tells an account's owner by mail that an external account opens it now: after the link is committed, and on another thread,
 * so that a mail server neither delays nor breaks a login.
 */
final class LinkNotice {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");
    private static final String REQUESTED = "SOCIAL_EXCHANGE_LINK_NOTICE";

    private LinkNotice() {}

    /** By the step that decides; in a browser other steps may follow before there is a link. */
    static void request(AuthenticationSessionModel authSession) {
        authSession.setAuthNote(REQUESTED, "true");
    }

    static void sendIfRequested(
            KeycloakSession session, AuthenticationSessionModel authSession, UserModel user, String alias) {
        if (authSession.getAuthNote(REQUESTED) != null) {
            authSession.removeAuthNote(REQUESTED);
            send(session, user, alias);
        }
    }

    /** When this session's transaction has committed; never if it is rolled back. */
    static void send(KeycloakSession session, UserModel user, String alias) {
        RealmModel realm = session.getContext().getRealm();
        if (realm.getSmtpConfig().isEmpty() || user.getEmail() == null) {
            return;
        }
        String realmId = realm.getId();
        String userId = user.getId();
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        ExecutorService executor = session.getProvider(ExecutorsProvider.class).getExecutor("social-exchange-mail");
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                try {
                    executor.execute(() -> KeycloakModelUtils.runJobInTransaction(
                            factory, mailing -> deliver(mailing, realmId, userId, alias)));
                } catch (RejectedExecutionException shuttingDown) {
                    LOG.warnf("no mail about a new link: provider=%s reason=shutdown", alias);
                }
            }

            @Override
            protected void rollbackImpl() {
                // nothing has happened that anybody should know of
            }
        });
    }

    private static void deliver(KeycloakSession session, String realmId, String userId, String alias) {
        RealmModel realm = session.realms().getRealm(realmId);
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            return;
        }
        String provider = KeycloakModelUtils.getIdentityProviderDisplayName(
                session, session.identityProviders().getByAlias(alias));
        Map<String, Object> attributes = new HashMap<>();
        attributes.put("providerName", provider);
        attributes.put(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true); // there is no request here
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(user)
                    .send("socialExchange-linkedSubject", List.of(provider), "social-exchange-linked.ftl", attributes);
        } catch (EmailException undelivered) {
            // the exception's text may hold the address
            LOG.warnf("no mail about a new link: provider=%s reason=mail_server", alias);
        }
    }
}
