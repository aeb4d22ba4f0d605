package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** Sends a signal to all of it, by process id: {@code KILL}, {@code STOP}, {@code CONT}. */
    void signal(String name) {
        all().filter(ProcessHandle::isAlive).forEach(process -> signal(name, process.pid()));
    }

    /** The process id of the JVM in it. */
    long java() {
        return all().filter(process -> process.info().command().orElse("").endsWith("java"))
                .findFirst()
                .orElseThrow()
                .pid();
    }

    private Stream<ProcessHandle> all() {
        return Stream.concat(root.descendants(), Stream.of(root.toHandle()));
    }

    private static void signal(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send " + name, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks politely first, so that Keycloak closes its database; what is still there afterwards is killed. */
    void stop() {
        List<ProcessHandle> all = all().toList();
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
