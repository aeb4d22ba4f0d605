package dev.socialexchange.keycloak.bench;

import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** How long others wait while many exchanges are stuck at a provider that does not answer. */
final class StuckProvider {
    static final int STUCK = 64;
    private static final Duration UNTIL_STUCK = Duration.ofMillis(700);
    private static final Duration MEASURED = Duration.ofSeconds(2);

    private final URI keycloak;
    private final Simulator providers;
    private final String host;

    /** @param host that is to hang */
    StuckProvider(URI keycloak, Simulator providers, String host) {
        this.keycloak = keycloak;
        this.providers = providers;
        this.host = host;
    }

    /**
     * @param stuck needs the provider
     * @param others do not
     * @return milliseconds of the slowest answer that one connection after the other gets
     */
    double longest(Requests stuck, Requests others) throws IOException, InterruptedException {
        ExecutorService crowd = Executors.newSingleThreadExecutor();
        providers.clearFaults();
        providers.fault(host, null, Fault.hang());
        try {
            Future<Turn> waiting = crowd.submit(turn(STUCK, stuck, UNTIL_STUCK.plus(MEASURED)));
            TimeUnit.MILLISECONDS.sleep(UNTIL_STUCK.toMillis());
            Turn meanwhile = turnNow(1, others, MEASURED);
            providers.clearFaults();
            waiting.get();
            return meanwhile.millis().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(Double.POSITIVE_INFINITY);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            providers.clearFaults();
            crowd.shutdownNow();
        }
    }

    private Callable<Turn> turn(int connections, Requests requests, Duration length) {
        return () -> turnNow(connections, requests, length);
    }

    private Turn turnNow(int connections, Requests requests, Duration length) throws IOException, InterruptedException {
        try (Load load = new Load(keycloak, connections, ServerCpu::used)) {
            return load.run(requests, length);
        }
    }
}
