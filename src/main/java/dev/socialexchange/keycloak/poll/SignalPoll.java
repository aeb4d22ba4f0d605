package dev.socialexchange.keycloak.poll;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.socialexchange.keycloak.BackgroundRequest;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.NodesOnce;
import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.OwnThread;
import dev.socialexchange.keycloak.Printable;
import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.effect.ReceivedSignal;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.SignalMode;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.scheduled.ClusterAwareScheduledTaskRunner;
import org.keycloak.timer.ScheduledTask;
import org.keycloak.timer.TimerProvider;

/** Fetches signals that nobody sends, for all realms, on one node of the cluster at a time. */
public final class SignalPoll implements ScheduledTask {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    /** Providers of which something fails at the same time. */
    private static final int MOST_PROVIDERS = 256;

    private final PollPace pace;
    /** By the provider's id; of one that is fetched from no more nothing stays. */
    private final Cache<String, KeptSignals> kept = Caffeine.newBuilder()
            .maximumSize(MOST_PROVIDERS)
            .expireAfterAccess(Duration.ofDays(1))
            .executor(Runnable::run) // no threads of its own
            .build();

    /** Whose log says so already; by the provider's id. */
    private final Set<String> heldUpBefore = ConcurrentHashMap.newKeySet();

    private final OwnThread thread = new OwnThread("social-exchange-signals");

    private SignalPoll(PollPace pace) {
        this.pace = pace;
    }

    /** @param seconds from one time to the next */
    public static void start(KeycloakSessionFactory factory, int seconds) {
        long interval = seconds * 1000L;
        KeycloakModelUtils.runJobInTransaction(factory, session -> session.getProvider(TimerProvider.class)
                .schedule(
                        new ClusterAwareScheduledTaskRunner(factory, new SignalPoll(PollPace.every(seconds)), interval),
                        interval));
    }

    @Override
    public String getTaskName() {
        return "SocialExchangeSignalPoll";
    }

    @Override
    public void run(KeycloakSession session) {
        KeycloakSessionFactory factory = session.getKeycloakSessionFactory();
        thread.run(session, "fetching signals", () -> fetch(factory));
    }

    private void fetch(KeycloakSessionFactory factory) {
        List<String> realms = KeycloakModelUtils.runJobInTransactionWithResult(factory, session -> session.realms()
                .getRealmsStream()
                .map(RealmModel::getId)
                .toList());
        realms.forEach(realm -> ForeignCode.aside(
                "fetching signals", () -> KeycloakModelUtils.runJobInTransaction(factory, own -> ofRealm(own, realm))));
    }

    private void ofRealm(KeycloakSession session, String id) {
        RealmModel realm = session.realms().getRealm(id);
        if (realm == null || !realm.isEnabled()) {
            return;
        }
        session.getContext().setRealm(realm);
        BackgroundRequest.begin(session);
        List<IdentityProviderModel> all = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .filter(SignalPoll::isFetchedFrom)
                .toList();
        for (IdentityProviderModel model : all) {
            ForeignCode.aside("fetching signals", () -> ExchangeIdentityProviders.any(session, model)
                    .filter(ExchangeIdentityProvider::isUsable)
                    .filter(provider -> provider.settings().signals().mode() != SignalMode.OFF)
                    .ifPresent(provider -> StreamPoll.address(provider)
                            .ifPresent(address -> fetch(session, realm, provider, address))));
        }
    }

    /** Asked before anything else of it is read: what is wrong with one that is not is nobody's concern each minute. */
    static boolean isFetchedFrom(IdentityProviderModel model) {
        return model.isEnabled()
                && new ExchangeSettings(model.getConfig()).signals().poll().isPresent();
    }

    private void fetch(KeycloakSession session, RealmModel realm, ExchangeIdentityProvider provider, String address) {
        Once once = NodesOnce.of(session);
        String id = provider.getConfig().getInternalId();
        RequestConnection.release(session);
        if (!pace.isDue(once, id)) {
            return;
        }
        StreamPoll poll = new StreamPoll(
                new KeycloakSurroundings(session),
                provider,
                kept.get(id, ofProvider -> new KeptSignals(InstantSource.system(), pace.time())),
                signal -> new ReceivedSignal(session, provider, signal).take(false));
        Optional<Trouble> trouble = poll.run(address);
        trouble.ifPresent(one -> session.getProvider(Recorder.class).signal(provider.type(), "none", one.outcome()));
        if (trouble.filter(Trouble::isTransmitters).isEmpty()) {
            pace.succeeded(id);
        }
        if (trouble.isEmpty()) {
            heldUpBefore.remove(id);
        }
        boolean heldUp = trouble.isPresent() && !trouble.get().isTransmitters();
        if (heldUp ? heldUpBefore.add(id) : trouble.isPresent() && pace.failed(once, id) == 1) {
            LOG.warnf(
                    "signals cannot be fetched: realm=%s provider=%s reason=%s detail=%s",
                    Printable.of(realm.getName()),
                    Printable.of(provider.getConfig().getAlias()),
                    trouble.get().outcome(),
                    trouble.get().detail());
        }
    }
}
