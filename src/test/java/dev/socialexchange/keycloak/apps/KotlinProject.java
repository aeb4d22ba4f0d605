package dev.socialexchange.keycloak.apps;

import dev.socialexchange.keycloak.it.support.Workspace;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.opentest4j.TestAbortedException;

/** The project {@code clients/kotlin}, which is built before this one, for its own sake. */
final class KotlinProject {
    private static final Path PROJECT = Workspace.basedir().resolve("clients/kotlin");
    private static final Path BUILT = PROJECT.resolve("target");
    private static final String BUILD = "mvn -f clients/kotlin package";

    private KotlinProject() {}

    /** Its app of the tests. What was built from other sources than these proves nothing. */
    static List<String> program() {
        if (newest(PROJECT.resolve("src")).compareTo(newest(BUILT)) > 0) {
            throw new IllegalStateException("clients/kotlin was built before it was last changed: " + BUILD);
        }
        String classes = Stream.of("classes", "test-classes", "libraries/*")
                .map(part -> BUILT + "/" + part)
                .reduce((one, other) -> one + File.pathSeparator + other)
                .get();
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return List.of(java.toString(), "-cp", classes, "dev.socialexchange.keycloak.client.AppKt");
    }

    static void skipUnlessBuilt() {
        if (!Files.isDirectory(BUILT.resolve("libraries")) && System.getProperty("kotlin.required") == null) {
            throw new TestAbortedException("the Android recipe is not built: " + BUILD);
        }
    }

    private static FileTime newest(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(KotlinProject::changed)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException("not built: " + BUILD, e);
        }
    }

    private static FileTime changed(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
