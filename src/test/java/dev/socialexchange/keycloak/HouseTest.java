package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for all of the code, whichever room it is in. */
class HouseTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path CLASSES = Path.of("target/classes");
    private static final int MAX_LINES = 220;
    private static final int MEDIAN_LINES = 65;

    /** What changes belongs to a factory: it is there once for each server, and ends with it. */
    @Test
    void nothingStaticChanges() throws Exception {
        TreeSet<String> found = new TreeSet<>();
        for (Class<?> type : types()) {
            for (Field field : statics(type)) {
                if (!Modifier.isFinal(field.getModifiers()) || changes(field.get(null), 0)) {
                    found.add(type.getName() + '.' + field.getName());
                }
            }
        }

        assertThat(found).isEmpty();
    }

    /** Or the test above would see nothing. */
    @Test
    void whatChangesIsFoundInsideOfWhatIsOurs() throws Exception {
        assertThat(changes(new Mutable(), 0)).isTrue();
        assertThat(changes(new HashMap<>(), 0)).isTrue();
        assertThat(changes(List.of(new Mutable()), 0)).isTrue();
        assertThat(changes(new Object[] {new Mutable()}, 0)).isTrue();
        assertThat(changes(Map.of("a", List.of("b")), 0)).isFalse();
    }

    @Test
    void classIsReadInOneGo() throws IOException {
        Map<String, Integer> lines = lines();

        assertThat(lines).allSatisfy((type, length) -> assertThat(length).isLessThanOrEqualTo(MAX_LINES));
        assertThat(lines.values().stream().sorted().toList().get(lines.size() / 2))
                .as("the median")
                .isLessThanOrEqualTo(MEDIAN_LINES);
    }

    /** {@link ForeignCode} gives whatever others throw a meaning; the other two pass on what they have caught. */
    @Test
    void whateverIsThrownIsCaughtInOnePlace() throws IOException {
        Pattern broad = Pattern.compile("catch \\([^)]*\\b(Exception|RuntimeException|Throwable|Error)\\b");
        try (Stream<Path> files = Files.walk(SOURCES)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> broad.matcher(text(file)).find())
                            .map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder("ForeignCode.java", "StoredKeys.java", "SharedLoads.java");
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Test
    void noPackageIsMoreThanAQuarterOfTheHouse() throws IOException {
        Map<String, Integer> lines = lines();
        int all = lines.values().stream().mapToInt(Integer::intValue).sum();
        Map<String, Integer> packages = lines.entrySet().stream()
                .collect(Collectors.groupingBy(
                        entry -> entry.getKey().substring(0, entry.getKey().lastIndexOf('/')),
                        Collectors.summingInt(Map.Entry::getValue)));

        assertThat(packages)
                .hasSizeGreaterThan(10)
                .allSatisfy((name, own) -> assertThat(4 * own).as(name).isLessThanOrEqualTo(all));
    }

    private static Map<String, Integer> lines() throws IOException {
        Map<String, Integer> lines = new TreeMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(one -> one.toString().endsWith(".java"))
                    .filter(one -> !one.endsWith("package-info.java"))
                    .toList()) {
                lines.put(
                        SOURCES.relativize(file).toString(),
                        Files.readAllLines(file).size());
            }
        }
        return lines;
    }

    private static List<Class<?>> types() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES.resolve("dev"))) {
            return files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.endsWith("package-info.class"))
                    .<Class<?>>map(file -> type(file.replaceAll("\\.class$", "").replace('/', '.')))
                    .toList();
        }
    }

    private static Class<?> type(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static List<Field> statics(Class<?> type) {
        return Stream.of(type.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && !field.isSynthetic())
                .peek(field -> field.setAccessible(true))
                .toList();
    }

    /** A collection that is not one of the JDK's constant ones, something of the JDK's or a library's that counts or keeps, or ours with such inside. */
    private static boolean changes(Object value, int depth) throws IllegalAccessException {
        if (value == null || depth > 4) {
            return false;
        }
        Class<?> type = value.getClass();
        if (value instanceof Map<?, ?> map) {
            return !isConstant(type) || changes(List.copyOf(map.values()), depth + 1);
        }
        if (value instanceof Collection<?> collection) {
            for (Object element : collection) {
                if (changes(element, depth + 1)) {
                    return true;
                }
            }
            return !isConstant(type);
        }
        if (value instanceof Object[] array) {
            return changes(
                    Arrays.asList(array.clone()).stream()
                            .filter(Objects::nonNull)
                            .toList(),
                    depth + 1);
        }
        if (type.getName().startsWith("dev.socialexchange.")) {
            for (Class<?> own = type; own.getName().startsWith("dev.socialexchange."); own = own.getSuperclass()) {
                for (Field field : own.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && changes(field, value, depth)) {
                        return true;
                    }
                }
            }
            return false;
        }
        return type.getName().startsWith("java.util.concurrent.")
                || type.getName().startsWith("com.github.benmanes.caffeine.");
    }

    private static boolean changes(Field field, Object owner, int depth) throws IllegalAccessException {
        field.setAccessible(true);
        return changes(field.get(owner), depth + 1);
    }

    private static boolean isConstant(Class<?> type) {
        return type.getName().startsWith("java.util.ImmutableCollections")
                || type.getName().startsWith("java.util.Collections$Unmodifiable");
    }

    private static final class Mutable {
        final Object kept = new ConcurrentHashMap<>();
    }
}
