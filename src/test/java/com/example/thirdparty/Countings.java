package com.example.thirdparty;

import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Caller;
import dev.socialexchange.keycloak.net.ProviderCalls;
import dev.socialexchange.keycloak.telemetry.Exchanged;
import dev.socialexchange.keycloak.telemetry.Recorder;
import dev.socialexchange.keycloak.telemetry.Telemetry;
import dev.socialexchange.keycloak.throttle.Throttle;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.QueryParam;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.resource.RealmResourceProvider;
import org.keycloak.services.resource.RealmResourceProviderFactory;

/**
 * {@code /realms/{realm}/countings}: what the counting around one exchange takes, in nanoseconds of this thread's processor time, with
 * the server's own recorder, throttle and tracer and nothing between them.
 */
public class Countings implements RealmResourceProvider {
    public static final String ID = "countings";

    private static final int EXCHANGES = 100_000;
    private static final int ADDRESSES = 1_000;
    private static final Call CALL = new Call("GET", URI.create("http://provider.example/"), Map.of(), null, true);

    /** Who calls nobody. */
    private static final ProviderCalls NOBODY = (ProviderCalls) Proxy.newProxyInstance(
            Countings.class.getClassLoader(), new Class<?>[] {ProviderCalls.class}, (proxy, method, arguments) -> null);

    private final KeycloakSession session;

    Countings(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public Object getResource() {
        return this;
    }

    /**
     * @param calls of providers, for one exchange
     * @param waits for a place there
     */
    @GET
    public String nanoseconds(@QueryParam("calls") int calls, @QueryParam("waits") int waits) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        for (int i = 0; i < EXCHANGES; i++) {
            exchange(i, calls, waits);
        }
        long before = threads.getCurrentThreadCpuTime();
        for (int i = 0; i < EXCHANGES; i++) {
            exchange(i, calls, waits);
        }
        return String.valueOf((threads.getCurrentThreadCpuTime() - before) / EXCHANGES);
    }

    /** In the order in which an exchange does it. */
    private void exchange(int number, int calls, int waits) {
        String realm = session.getContext().getRealm().getId();
        Caller caller = new Caller(realm, "countings", "address " + number % ADDRESSES);
        Throttle throttle = session.getProvider(Throttle.class);
        throttle.ended(realm);
        throttle.admit(caller);
        ProviderCalls counted = throttle.counted(NOBODY, "countings", OptionalInt.empty(), caller);
        Recorder recorder = session.getProvider(Recorder.class);
        Telemetry.of(session).spans().around("proof", () -> prove(counted, calls, waits));
        recorder.proven("google", "jwks");
        counted.accepted();
        Telemetry.of(session).spans().around("tokens", () -> "");
        recorder.exchanged(
                Exchanged.of("realm", "google", "google", "countings", "id_token", Exchanged.Outcome.SUCCESS),
                10_000_000);
    }

    private String prove(ProviderCalls counted, int calls, int waits) {
        Telemetry telemetry = Telemetry.of(session);
        for (int wait = 0; wait < waits; wait++) {
            telemetry.recorder().waiting(1);
            telemetry.recorder().waited("granted", 1_000);
            telemetry.recorder().waiting(-1);
        }
        if (calls > 0) {
            counted.sideBySide(Collections.nCopies(calls, CALL), null);
        }
        for (int call = 0; call < calls; call++) {
            telemetry.spans().around("provider call", span -> {
                span.setAttribute("server.address", "provider.example")
                        .setAttribute("http.request.method", "GET")
                        .setAttribute("social_exchange.outcome", "2xx");
                telemetry.recorder().called("provider.example", "2xx", 2_000_000);
                return List.of();
            });
        }
        return "";
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Makes {@link Countings}. */
    public static final class Factory implements RealmResourceProviderFactory {

        @Override
        public String getId() {
            return ID;
        }

        @Override
        public RealmResourceProvider create(KeycloakSession session) {
            return new Countings(session);
        }

        @Override
        public void init(Config.Scope config) {
            // has no settings
        }

        @Override
        public void postInit(KeycloakSessionFactory factory) {
            // needs nothing else
        }

        @Override
        public void close() {
            // holds nothing
        }
    }
}
