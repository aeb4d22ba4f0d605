package dev.socialexchange.keycloak.bench;

import java.time.Duration;

/** Processor time of the Java processes that this one has started, which is Keycloak. */
final class ServerCpu {

    private ServerCpu() {}

    /** Zero where the system does not tell. */
    static Duration used() {
        return ProcessHandle.current()
                .descendants()
                .filter(process -> process.info().command().orElse("").contains("java"))
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
