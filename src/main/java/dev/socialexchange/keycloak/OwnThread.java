package dev.socialexchange.keycloak;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;

/**
 * Where a scheduled task does its work: all of Keycloak's share one thread (26.7), which is not for whoever waits for others. What takes longer than the time until the task's
 * next turn is not begun a second time.
 *
 * @param name of the threads
 */
public record OwnThread(String name, AtomicBoolean running) {

    public OwnThread(String name) {
        this(name, new AtomicBoolean());
    }

    /**
     * @param session of the task, which may end before the work does
     * @param what for the log, where it fails
     */
    public void run(KeycloakSession session, String what, Runnable work) {
        if (!running.compareAndSet(false, true)) {
            return;
        }
        try {
            session.getProvider(ExecutorsProvider.class).getExecutor(name).execute(() -> {
                try {
                    ForeignCode.aside(what, work);
                } finally {
                    running.set(false);
                }
            });
        } catch (RejectedExecutionException shuttingDown) {
            running.set(false);
        }
    }
}
