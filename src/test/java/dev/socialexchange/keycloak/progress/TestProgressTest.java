package dev.socialexchange.keycloak.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.opentest4j.TestAbortedException;

class TestProgressTest {

    static class Well {
        @Test
        void runs() {}

        @Nested
        class Inside {
            @Test
            void runs() {}
        }
    }

    static class WithoutBrowser {
        @BeforeAll
        static void open() {
            throw new TestAbortedException("no browser here");
        }

        @Test
        void seesAPage() {}

        @Test
        void seesAnotherPage() {}
    }

    static class Partly {
        @Test
        void needsABrowser() {
            throw new TestAbortedException("no browser here\nin detail");
        }

        @Test
        void needsSomethingElse() {
            assumeThat(1).isEqualTo(2);
        }

        @Disabled("another time")
        @Test
        void isSwitchedOff() {}
    }

    @Disabled("another time")
    static class Off {
        @Test
        void one() {}

        @Test
        void two() {}
    }

    static class OfAServerIT {
        @Test
        void needsAServer() {
            throw new TestAbortedException("no server here");
        }
    }

    @TempDir
    Path folder;

    @Test
    void saysHowManyClassesThereAreAndHowManyAreDone() throws IOException {
        assertThat(outputOf(Well.class))
                .startsWith("unit tests: 1 classes")
                .containsPattern("unit tests: 1 of 1 classes, \\d+ s");
        assertThat(outputOf(Well.class, WithoutBrowser.class, Partly.class, Off.class))
                .startsWith("unit tests: 4 classes")
                .containsPattern("unit tests: 4 of 4 classes, \\d+ s");
    }

    @Test
    void countsWhatDidNotRunByItsReasonAndLeavesItForTheEndOfTheBuild() throws IOException {
        String output = outputOf(Well.class, WithoutBrowser.class, Partly.class, Off.class);

        assertThat(Files.readAllLines(notes()))
                .contains("unit tests not run: 3 (no browser here)", "unit tests not run: 3 (another time)")
                .hasSize(3)
                .allSatisfy(line -> assertThat(output).contains(line));
    }

    @Test
    void callsTestsByWhatTheyAre() {
        assertThat(outputOf(OfAServerIT.class))
                .startsWith("integration tests: 1 classes")
                .contains("integration tests not run: 1 (no server here)");
        assertThat(folder.resolve("notes/2-integration.txt")).isNotEmptyFile();
        assertThat(notes()).doesNotExist();
    }

    /** As one of several processes gets them. */
    @Test
    void addsUpClassesThatComeOneByOne() throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        TestProgress progress = progress(output, "2");

        run(progress, WithoutBrowser.class);
        run(progress, Well.class);
        run(progress, Partly.class);

        assertThat(progress.line()).startsWith("unit tests (2): 3 classes, ");
        assertThat(output.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(Files.readAllLines(folder.resolve("notes/1-unit-2.txt")))
                .contains("unit tests (2) not run: 3 (no browser here)")
                .hasSize(3);
    }

    @Test
    void hasNothingToSayWhereAllTestsRan() throws IOException {
        assertThat(outputOf(Well.class)).doesNotContain("not run");

        assertThat(notes()).isEmptyFile();
    }

    private Path notes() {
        return folder.resolve("notes/1-unit.txt");
    }

    private String outputOf(Class<?>... classes) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        run(progress(output, null), classes);
        return output.toString(StandardCharsets.UTF_8);
    }

    private TestProgress progress(ByteArrayOutputStream output, String process) {
        return new TestProgress(
                new PrintStream(output, true, StandardCharsets.UTF_8), folder.resolve("notes"), process);
    }

    private static void run(TestProgress progress, Class<?>... classes) {
        LauncherDiscoveryRequestBuilder request = LauncherDiscoveryRequestBuilder.request();
        for (Class<?> type : classes) {
            request.selectors(selectClass(type));
        }
        LauncherFactory.create(LauncherConfig.builder()
                        .enableTestExecutionListenerAutoRegistration(false)
                        .enableLauncherSessionListenerAutoRegistration(false)
                        .build())
                .execute(request.build(), progress);
    }
}
