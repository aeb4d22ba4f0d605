package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.keycloak.executors.ExecutorsProvider;
import org.keycloak.models.KeycloakSession;

/** Work of a task that does not hold up the thread which all tasks share. */
class OwnThreadTest {
    @RegisterExtension
    final ExtensionLog log = new ExtensionLog();

    private final List<Runnable> handed = new ArrayList<>();
    private final List<String> done = new ArrayList<>();
    private boolean stopping;
    private final KeycloakSession session = session();
    private final OwnThread thread = new OwnThread("a-name");

    @Test
    void taskHandsItsWorkOnAndDoesNotWaitForIt() {
        thread.run(session, "work", () -> done.add("first"));

        assertThat(done).isEmpty();
        handed.get(0).run();
        assertThat(done).containsExactly("first");
    }

    @Test
    void whatIsStillBeingDoneIsNotBegunTwice() {
        thread.run(session, "work", () -> done.add("first"));
        thread.run(session, "work", () -> done.add("second"));
        assertThat(handed).hasSize(1);

        handed.get(0).run();
        thread.run(session, "work", () -> done.add("third"));

        assertThat(handed).hasSize(2);
    }

    @Test
    void whatFailsOrIsNotTakenMayBeBegunAgain() {
        thread.run(session, "work", () -> {
            throw new IllegalStateException("a listener's");
        });
        handed.get(0).run();
        assertThat(log.lines()).singleElement().asString().contains("not done: while=work");
        stopping = true;
        thread.run(session, "work", () -> done.add("not taken"));
        stopping = false;

        thread.run(session, "work", () -> done.add("again"));

        assertThat(handed).hasSize(2);
    }

    private KeycloakSession session() {
        ExecutorService executor = RealTypes.fake(ExecutorService.class, Map.of("execute", arguments -> {
            if (stopping) {
                throw new RejectedExecutionException();
            }
            handed.add((Runnable) arguments[0]);
            return null;
        }));
        ExecutorsProvider executors =
                RealTypes.fake(ExecutorsProvider.class, Map.of("getExecutor", arguments -> executor));
        return RealTypes.fake(KeycloakSession.class, Map.of("getProvider", arguments -> executors));
    }
}
