package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;

/** Waits for the server's own word that it is ready. On the host's network no port is mapped that could be waited for. */
final class ContainerReadiness extends AbstractWaitStrategy {

    private static final int POLL_MILLIS = 500;

    private final URI management;

    ContainerReadiness(URI management) {
        this.management = management;
    }

    @Override
    protected void waitUntilReady() {
        Instant limit = Instant.now().plus(startupTimeout);
        try {
            while (!ServerStart.isReady(management)) {
                if (!waitStrategyTarget.isRunning() || Instant.now().isAfter(limit)) {
                    throw new ContainerLaunchException("the server ended, or took too long: see its log");
                }
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContainerLaunchException("interrupted while waiting for the server", e);
        }
    }
}
