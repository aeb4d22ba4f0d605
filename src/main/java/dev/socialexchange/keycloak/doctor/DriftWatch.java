package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.Printable;
import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.net.ProviderCalls;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.time.Duration;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.scheduled.ClusterAwareScheduledTaskRunner;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/**
 * Compares what open providers publish with what is known of them, now and then, on one node of the cluster. A difference is an
 * event of the realm, a line in the log, and a metric.
 */
final class DriftWatch implements ScheduledTask {
    static final String ERROR = "provider_drift";

    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");
    /** Nodes start at their own times: each looks so often, from one comparison to the next, whether it is time. */
    private static final int TICKS = 24;

    private final Duration interval;
    private final HostTurns turns;

    /** @param interval from one comparison to the next */
    private DriftWatch(Duration interval, HostTurns turns) {
        this.interval = interval;
        this.turns = turns;
    }

    static void start(KeycloakSessionFactory factory, Duration interval, HostTurns turns) {
        DriftWatch watch = new DriftWatch(interval, turns);
        long tick = watch.tick().toMillis();
        KeycloakModelUtils.runJobInTransaction(factory, session -> session.getProvider(TimerProvider.class)
                .schedule(new ClusterAwareScheduledTaskRunner(factory, watch, tick), tick));
    }

    private Duration tick() {
        return Duration.ofSeconds(Math.max(1, interval.toSeconds() / TICKS));
    }

    @Override
    public String getTaskName() {
        return "SocialExchangeDriftWatch";
    }

    @Override
    public void run(KeycloakSession session) {
        DriftMemory memory = new DriftMemory(session);
        long now = now();
        boolean due = memory.ofAll()
                .map(last -> now - last.at() >= interval.toSeconds() - tick().toSeconds() / 2)
                .orElse(true);
        if (!due) {
            return;
        }
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        // committed before the cluster's lock is free again, which it is before this task's own transaction ends
        KeycloakModelUtils.runJobInTransaction(factory, own -> new DriftMemory(own).putAll(new Listed.Watched(now, 0)));
        List<String> realms =
                session.realms().getRealmsStream().map(RealmModel::getId).toList();
        RequestConnection.release(session);
        realms.forEach(realm -> KeycloakModelUtils.runJobInTransaction(factory, own -> ofRealm(own, realm)));
    }

    private void ofRealm(KeycloakSession session, String id) {
        RealmModel realm = session.realms().getRealm(id);
        if (realm == null || !realm.isEnabled()) {
            return;
        }
        session.getContext().setRealm(realm);
        List<IdentityProviderModel> open = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .filter(ExchangeIdentityProviders::isOpen)
                .toList();
        for (IdentityProviderModel model : open) {
            ForeignCode.aside("drift watch", () -> new Checkup(session, realm)
                    .provider(model)
                    .ifPresent(provider -> watch(session, realm, model, provider)));
        }
    }

    private void watch(
            KeycloakSession session, RealmModel realm, IdentityProviderModel model, ExchangeIdentityProvider provider) {
        RequestConnection.release(session);
        CheckCalls calls = new CheckCalls(
                session.getProvider(ProviderCalls.class), provider.settings().timeout(), turns);
        List<Finding> differences = new PublicationCheck(provider, calls, uri -> false)
                .findings().stream().filter(Finding::isDrift).toList();
        new DriftMemory(session).put(realm, model.getAlias(), new Listed.Watched(now(), differences.size()));
        differences.forEach(found -> tell(session, realm, model, found));
    }

    private static void tell(
            KeycloakSession session, RealmModel realm, IdentityProviderModel model, Finding difference) {
        String what = difference.name().equals(PublicationCheck.KEYS) ? PublicationCheck.KEYS : difference.matter();
        LOG.warnf(
                "The identity provider %s of the realm %s publishes something else than what is known of it: %s",
                Printable.of(model.getAlias()), Printable.of(realm.getName()), what);
        session.getProvider(Recorder.class).drifted(model.getProviderId(), what);
        EventBuilder event = new EventBuilder(realm, session)
                .event(EventType.TOKEN_EXCHANGE)
                .detail(Details.IDENTITY_PROVIDER, model.getAlias())
                .detail(Details.REASON, ERROR + ": " + what)
                .detail("expected", difference.expected())
                .detail("found", difference.found());
        ForeignCode.aside("event store", () -> event.error(ERROR));
    }

    private static long now() {
        return Time.currentTimeMillis() / 1000;
    }
}
