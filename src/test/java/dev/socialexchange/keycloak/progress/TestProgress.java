package dev.socialexchange.keycloak.progress;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/**
 * A line now and then, so that minutes of work do not look like a build that hangs, and a file of what the build repeats in its
 * last lines. The tests are called by what their classes are: those of Maven's integration tests end in {@code IT}.
 */
public final class TestProgress implements TestExecutionListener {
    private static final Duration EVERY = Duration.ofSeconds(30);

    private final PrintStream out;
    private final Path folder;
    private final NotRun notRun = new NotRun();
    /** Of several in which the tests run; such a one is given its classes one by one, each as a plan. */
    private final String process;

    private TestPlan plan;
    private String phase;
    private Path notes;
    private long began;
    private int classes;
    private volatile int done;
    private volatile String running = "";
    private ScheduledExecutorService clock;

    /** For JUnit, which finds it in {@code META-INF/services}. */
    public TestProgress() {
        this(System.out, Path.of("target/not-run"), System.getProperty("test.process"));
    }

    /** @param process null if there is one only */
    TestProgress(PrintStream out, Path folder, String process) {
        this.out = out;
        this.folder = folder;
        this.process = process;
    }

    @Override
    public void testPlanExecutionStarted(TestPlan started) {
        plan = started;
        classes = classesOf(started);
        if (clock == null || !isPiecemeal()) {
            begin();
        }
    }

    private void begin() {
        boolean server = hasIntegrationTests(plan);
        phase = (server ? "integration tests" : "unit tests") + (isPiecemeal() ? " (" + process + ")" : "");
        notes = folder.resolve((server ? "2-integration" : "1-unit") + (isPiecemeal() ? "-" + process : "") + ".txt");
        began = System.nanoTime();
        done = 0;
        if (!isPiecemeal()) {
            out.printf("%s: %d classes%n", phase, classes);
        }
        clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "test-progress");
            thread.setDaemon(true);
            return thread;
        });
        clock.scheduleAtFixedRate(() -> out.println(line()), EVERY.toSeconds(), EVERY.toSeconds(), TimeUnit.SECONDS);
    }

    private boolean isPiecemeal() {
        return process != null && classes == 1;
    }

    private static int classesOf(TestPlan plan) {
        return (int) plan.getRoots().stream()
                .mapToLong(engine -> plan.getChildren(engine).size())
                .sum();
    }

    private static boolean hasIntegrationTests(TestPlan plan) {
        return plan.countTestIdentifiers(test -> test.getSource()
                        .filter(source -> source instanceof ClassSource type
                                && type.getClassName().endsWith("IT"))
                        .isPresent())
                > 0;
    }

    String line() {
        String classesDone = isPiecemeal() ? String.valueOf(done) : done + " of " + classes;
        return "%s: %s classes, %s%s".formatted(phase, classesDone, elapsed(), running);
    }

    private String elapsed() {
        long seconds = Duration.ofNanos(System.nanoTime() - began).toSeconds();
        return seconds < 60 ? seconds + " s" : "%d min %02d s".formatted(seconds / 60, seconds % 60);
    }

    @Override
    public void executionStarted(TestIdentifier started) {
        if (isClass(started)) {
            running = ", now " + started.getDisplayName();
        }
    }

    @Override
    public void executionSkipped(TestIdentifier skipped, String reason) {
        notRun.add(plan, skipped, reason);
        if (isClass(skipped)) {
            done++;
        }
    }

    @Override
    public void executionFinished(TestIdentifier finished, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            notRun.add(
                    plan,
                    finished,
                    result.getThrowable().map(Throwable::getMessage).orElse(null));
        }
        if (isClass(finished)) {
            done++;
            running = "";
        }
    }

    /** A class of its own; not one that is nested in another. */
    private boolean isClass(TestIdentifier identifier) {
        return plan.getParent(identifier).filter(plan.getRoots()::contains).isPresent();
    }

    @Override
    public void testPlanExecutionFinished(TestPlan finished) {
        if (!isPiecemeal()) {
            clock.shutdownNow();
            out.println(line());
            notRun.lines(phase).forEach(out::println);
        }
        write();
    }

    private void write() {
        try {
            Files.createDirectories(notes.getParent());
            Files.write(notes, notRun.lines(phase));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + notes, e);
        }
    }
}
