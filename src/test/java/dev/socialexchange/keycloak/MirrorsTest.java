package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.AnnotatedElement;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.util.Textifier;
import org.objectweb.asm.util.TraceMethodVisitor;

/** Keycloak's methods that this extension repeats are the ones that were read when it was written. */
class MirrorsTest {
    private static final Path KNOWN = Path.of("src/test/resources/mirrored-methods.txt");
    private static final Path CLASSES = Path.of("target/classes");

    /** {@code mvn test -Dtest=MirrorsTest -Dupdate.docs} notes them anew, once they have been read again. */
    @Test
    void methodsThatAreRepeatedHereHaveNotChanged() throws IOException {
        Map<String, Set<String>> mirrors = mirrors();
        assertThat(mirrors).hasSizeGreaterThan(12);
        List<String> found = new ArrayList<>();
        for (String method : mirrors.keySet()) {
            found.add(method
                    + ' '
                    + fingerprint(method.substring(0, method.indexOf('#')), method.substring(method.indexOf('#') + 1)));
        }
        if (System.getProperty("update.docs") != null) {
            Files.write(KNOWN, found);
        }
        List<String> known = Files.readAllLines(KNOWN);

        List<String> toRead = found.stream()
                .filter(line -> !known.contains(line))
                .map(line -> line.substring(0, line.indexOf(' ')))
                .map(method -> method + ", which is repeated in " + String.join(", ", mirrors.get(method)))
                .toList();
        assertThat(toRead)
                .as("read these again in this Keycloak, and then: mvn test -Dtest=MirrorsTest -Dupdate.docs")
                .isEmpty();
        assertThat(known).as("nobody repeats these any more").containsExactlyElementsOf(found);
    }

    /** By {@code type#method}, where it is repeated. */
    private static Map<String, Set<String>> mirrors() throws IOException {
        Map<String, Set<String>> mirrors = new TreeMap<>();
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".class")).toList()) {
                Class<?> type = load(CLASSES.relativize(file).toString());
                Stream<AnnotatedElement> places = Stream.of(
                                Stream.of((AnnotatedElement) type),
                                Arrays.stream(type.getDeclaredMethods()),
                                Arrays.stream(type.getDeclaredFields()))
                        .flatMap(elements -> elements);
                places.flatMap(place -> Arrays.stream(place.getDeclaredAnnotationsByType(Mirrors.class)))
                        .forEach(mirror -> Arrays.stream(mirror.methods()).forEach(method -> mirrors.computeIfAbsent(
                                        mirror.type() + '#' + method, ignored -> new TreeSet<>())
                                .add(type.getSimpleName())));
            }
        }
        return mirrors;
    }

    private static Class<?> load(String file) {
        String name = file.replace('/', '.').replaceAll("\\.class$", "");
        try {
            return Class.forName(name, false, MirrorsTest.class.getClassLoader());
        } catch (ClassNotFoundException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Of all methods of this name, with their lambdas; without line numbers and names of variables. */
    private static String fingerprint(String type, String method) throws IOException {
        ClassNode node = new ClassNode();
        new ClassReader(type).accept(node, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
        Predicate<MethodNode> concerned =
                candidate -> candidate.name.equals(method) || candidate.name.startsWith("lambda$" + method + '$');
        List<String> texts = node.methods.stream()
                .filter(concerned)
                .map(MirrorsTest::text)
                .sorted()
                .toList();
        assertThat(texts).as(type + " has no method " + method).isNotEmpty();
        return Digests.sha256Hex(String.join("\n", texts)).substring(0, 16);
    }

    private static String text(MethodNode method) {
        Textifier text = new Textifier();
        method.accept(new TraceMethodVisitor(text));
        StringWriter written = new StringWriter();
        text.print(new PrintWriter(written));
        String numbers = "\\blambda\\$(\\w+)\\$\\d+"; // which change with any lambda of the class
        return (method.desc + '\n' + written).replaceAll(numbers, "lambda\\$$1");
    }
}
