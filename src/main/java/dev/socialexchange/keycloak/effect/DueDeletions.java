package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.BackgroundRequest;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.OwnThread;
import dev.socialexchange.keycloak.login.MarkedUser;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * the cluster at a time, a few people at a time.
 */
public final class DueDeletions implements ScheduledTask {
    private static final String REASON = "grace_over";

    private final OwnThread thread = new OwnThread("social-exchange-deletions");

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
        thread.run(session, "deletions that are due", () -> all(factory));
    }

    private static void all(KeycloakSessionFactory factory) {
        List<String> realms = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> session.realms()
                .getRealmsStream()
                .map(RealmModel::getId)
                .toList());
        for (String realm : realms) {
            ForeignCode.aside(
                    "deletions that are due",
                    () -> each(
                            tried -> due(factory, realm, tried),
                            user -> KeycloakModelUtils.runJobInTransaction(
                                    factory, session -> delete(session, realm, user))));
        }
    }

    /**
     * Each once and by itself: who cannot be deleted keeps nobody else, neither those of the same look nor those behind them.
     *
     * @param next a few who were not tried yet, until there are none
     */
    static void each(Function<Set<String>, List<String>> next, Consumer<String> delete) {
        Set<String> tried = new HashSet<>();
        for (List<String> due = next.apply(tried); !due.isEmpty(); due = next.apply(tried)) {
            tried.addAll(due);
            due.forEach(one -> ForeignCode.aside("a deletion that is due", () -> delete.accept(one)));
        }
    }

    private static List<String> due(KeycloakSessionFactory factory, String realm, Set<String> tried) {
        return KeycloakModelUtils.runJobInTransactionWithResult(
                factory,
                session -> entered(session, realm) ? new DeletionRequests(session).due(tried) : List.<String>of());
    }

    /** @return false if there is no such realm that is open */
    private static boolean entered(KeycloakSession session, String realm) {
        RealmModel found = session.realms().getRealm(realm);
        if (found == null || !found.isEnabled()) {
            return false;
        }
        session.getContext().setRealm(found);
        BackgroundRequest.begin(session);
        return true;
    }

    /** Asked anew, past the cache and with nobody else at it: an administrator may have decided a moment ago, on another node. */
    private static void delete(KeycloakSession session, String realm, String userId) {
        if (!entered(session, realm)
                || session.users().getUserById(session.getContext().getRealm(), userId) == null) {
            return;
        }
        MarkedUser.changing(session, userId, (own, user) -> {
            new DeletionRequests(own).doDue(user).ifPresent(alias -> told(own, userId, alias));
            return null;
        });
    }

    /** Of what has been done, and in the same transaction. */
    private static void told(KeycloakSession own, String userId, String alias) {
        EventBuilder event = new EventBuilder(own.getContext().getRealm(), own)
                .event(EventType.DELETE_ACCOUNT)
                .user(userId)
                .detail(Details.IDENTITY_PROVIDER, alias)
                .detail(Details.REASON, REASON);
        ForeignCode.aside("event store", event::success);
    }
}
