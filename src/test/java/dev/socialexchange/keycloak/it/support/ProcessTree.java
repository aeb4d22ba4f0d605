package dev.socialexchange.keycloak.it.support;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** A process that we started, with whatever it started itself: {@code kc.sh} runs Java as its child. */
final class ProcessTree {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Process root;

    ProcessTree(Process root) {
        this.root = root;
    }

    /** Asks politely first, so that Keycloak closes its database; what is still there afterwards is killed. */
    void stop() {
        List<ProcessHandle> all =
                Stream.concat(root.descendants(), Stream.of(root.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        CompletableFuture<?> gone =
                CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        try {
            gone.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
