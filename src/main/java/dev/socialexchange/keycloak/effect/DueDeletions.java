package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.BackgroundRequest;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.RequestConnection;
import java.util.List;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.scheduled.ClusterAwareScheduledTaskRunner;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Does what nobody has decided about in time, where the provider's settings have said that from the day of the request until now: on one node of
 * the cluster, a few people at a time.
 */
public final class DueDeletions implements ScheduledTask {
    private static final String REASON = "grace_over";

    private DueDeletions() {}

    /** @param seconds from one time to the next */
    public static void start(KeycloakSessionFactory factory, int seconds) {
        long interval = seconds * 1000L;
        KeycloakModelUtils.runJobInTransaction(factory, session -> session.getProvider(TimerProvider.class)
                .schedule(new ClusterAwareScheduledTaskRunner(factory, new DueDeletions(), interval), interval));
    }

    @Override
    public String getTaskName() {
        return "SocialExchangeDueDeletions";
    }

    @Override
    public void run(KeycloakSession session) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        List<String> realms =
                session.realms().getRealmsStream().map(RealmModel::getId).toList();
        RequestConnection.release(session);
        for (String realm : realms) {
            ForeignCode.aside("deletions that are due", () -> ofRealm(factory, realm));
        }
    }

    private static void ofRealm(KeycloakSessionFactory factory, String realm) {
        List<String> due = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> {
            enter(session, realm);
            return session.getContext().getRealm() == null ? List.of() : new DeletionRequests(session).due();
        });
        for (String code : due) {
            // each by itself: who cannot be deleted keeps nobody else
            ForeignCode.aside(
                    "a deletion that is due",
                    () -> KeycloakModelUtils.runJobInTransaction(factory, session -> delete(session, realm, code)));
        }
    }

    private static void enter(KeycloakSession session, String realm) {
        RealmModel found = session.realms().getRealm(realm);
        if (found != null && found.isEnabled()) {
            session.getContext().setRealm(found);
            BackgroundRequest.begin(session);
        }
    }

    /** Asked anew, since an administrator may have decided meanwhile. */
    private static void delete(KeycloakSession session, String realm, String code) {
        enter(session, realm);
        if (session.getContext().getRealm() == null) {
            return;
        }
        new DeletionRequests(session).doDue(code, (user, alias) -> {
            EventBuilder event = new EventBuilder(session.getContext().getRealm(), session)
                    .event(EventType.DELETE_ACCOUNT)
                    .user(user)
                    .detail(Details.IDENTITY_PROVIDER, alias)
                    .detail(Details.REASON, REASON);
            ForeignCode.aside("event store", event::success);
        });
    }
}
