package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.page.ProviderName;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiFunction;
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

/**
 * A mail that tells somebody what has come of a provider's account: after that is committed, and on another thread, so that a mail server neither
 * delays nor breaks anything.
 *
 * @param about what the log says of one that is not sent
 * @param address as it was when this happened: what comes right after may replace it
 * @param subject key of the message, which gets the provider's name
 * @param template file
 * @param words for the template, beside {@code providerName}
 */
record LaterMail(
        String about,
        String userId,
        String address,
        String alias,
        String subject,
        String template,
        BiFunction<KeycloakSession, UserModel, Map<String, Object>> words) {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    /** When this session's transaction has committed; never if it is rolled back. */
    void send(KeycloakSession session) {
        String realmId = session.getContext().getRealm().getId();
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        ExecutorService executor = session.getProvider(ExecutorsProvider.class).getExecutor("social-exchange-mail");
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                try {
                    executor.execute(() ->
                            KeycloakModelUtils.runJobInTransaction(factory, mailing -> deliver(mailing, realmId)));
                } catch (RejectedExecutionException shuttingDown) {
                    LOG.warnf("no mail about %s: provider=%s reason=shutdown", about, alias);
                }
            }

            @Override
            protected void rollbackImpl() {
                // nothing has happened that anybody should know of
            }
        });
    }

    private void deliver(KeycloakSession session, String realmId) {
        RealmModel realm = session.realms().getRealm(realmId);
        session.getContext().setRealm(realm);
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null) {
            return;
        }
        String provider = ProviderName.of(session, alias);
        Map<String, Object> attributes = new HashMap<>(words.apply(session, user));
        attributes.put("providerName", provider);
        attributes.put(Constants.IGNORE_ACCEPT_LANGUAGE_HEADER, true); // there is no request here
        try {
            session.getProvider(EmailTemplateProvider.class)
                    .setRealm(realm)
                    .setUser(user)
                    .send(subject, List.of(provider), template, attributes, address);
        } catch (EmailException undelivered) {
            // the exception's text may hold the address
            LOG.warnf("no mail about %s: provider=%s reason=mail_server", about, alias);
        }
    }

    /** A record would print the address. */
    @Override
    public String toString() {
        return about;
    }
}
