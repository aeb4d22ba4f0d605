package dev.socialexchange.keycloak;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.Remapper;

/** What each package may know of the others, and of Keycloak: read from the compiled classes, so that nothing is overlooked. */
class RoomsTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final String ROOT = "dev/socialexchange/keycloak/";

    /** From the ground up: a package knows only what stands above it here. */
    private static final Map<String, Set<String>> ARROWS = new TreeMap<>(Map.ofEntries(
            entry("", Set.of()),
            entry("telemetry", Set.of("")),
            entry("net", Set.of("", "telemetry")),
            entry("descriptor", Set.of("", "net")),
            entry("provider", Set.of("", "descriptor")),
            entry("proof", Set.of("", "telemetry", "net", "descriptor", "provider")),
            entry("signal", Set.of("", "descriptor", "provider", "proof")),
            entry("server", Set.of("", "telemetry", "net", "provider", "proof")),
            entry("revocation", Set.of("", "telemetry", "proof", "provider", "server")),
            entry("type", Set.of("", "net", "descriptor", "provider", "proof", "server")),
            entry("throttle", Set.of("", "telemetry", "net", "provider")),
            entry("page", Set.of("", "provider", "throttle")),
            entry("login", Set.of("", "telemetry", "descriptor", "provider", "page")),
            entry("step", Set.of("", "telemetry", "descriptor", "provider", "revocation", "page", "login")),
            entry(
                    "effect",
                    Set.of(
                            "",
                            "telemetry",
                            "descriptor",
                            "provider",
                            "proof",
                            "server",
                            "revocation",
                            "login",
                            "step",
                            "signal")),
            entry(
                    "door",
                    Set.of("", "telemetry", "net", "descriptor", "provider", "proof", "server", "throttle", "login")),
            entry(
                    "poll",
                    Set.of("", "telemetry", "net", "descriptor", "provider", "proof", "server", "signal", "effect")),
            entry("shape", Set.of("", "descriptor")),
            entry("imports", Set.of("", "provider", "login", "step")),
            entry("transfer", Set.of("", "descriptor", "provider", "login", "step")),
            entry("continuation", Set.of("", "telemetry", "provider", "page", "login", "door")),
            entry(
                    "exchange",
                    Set.of(
                            "",
                            "telemetry",
                            "descriptor",
                            "provider",
                            "proof",
                            "server",
                            "throttle",
                            "login",
                            "door",
                            "continuation")),
            entry(
                    "resource",
                    Set.of(
                            "",
                            "telemetry",
                            "signal",
                            "effect",
                            "poll",
                            "descriptor",
                            "provider",
                            "proof",
                            "server",
                            "throttle",
                            "page",
                            "login",
                            "door",
                            "shape",
                            "continuation")),
            entry(
                    "doctor",
                    Set.of(
                            "",
                            "telemetry",
                            "net",
                            "descriptor",
                            "provider",
                            "proof",
                            "server",
                            "type",
                            "login",
                            "effect",
                            "door",
                            "transfer",
                            "imports"))));

    /** Where flows and the login's own machinery are touched: nothing else of Keycloak changes as often. */
    private static final Map<String, Set<String>> KEYCLOAKS = Map.of(
            "org/keycloak/authentication/", Set.of("", "login", "step", "continuation", "exchange"),
            "org/keycloak/broker/",
                    Set.of(
                            "",
                            "provider",
                            "proof",
                            "type",
                            "throttle",
                            "page",
                            "login",
                            "step",
                            "door",
                            "continuation",
                            "signal",
                            "effect",
                            "poll",
                            "resource",
                            "doctor"),
            "org/keycloak/models/",
                    Set.of(
                            "",
                            "telemetry",
                            "net",
                            "provider",
                            "server",
                            "revocation",
                            "throttle",
                            "type",
                            "page",
                            "login",
                            "step",
                            "door",
                            "continuation",
                            "exchange",
                            "effect",
                            "poll",
                            "resource",
                            "transfer",
                            "imports",
                            "doctor"),
            "org/apache/http/", Set.of("net"));

    @Test
    void noArrowPointsBack() {
        Map<String, Set<String>> arrows = new TreeMap<>();
        references().forEach((type, references) -> references.stream()
                .filter(reference -> reference.startsWith(ROOT))
                .map(RoomsTest::room)
                .filter(room -> !room.equals(room(type)))
                .filter(room -> !ARROWS.getOrDefault(room(type), Set.of()).contains(room))
                .forEach(room -> arrows.computeIfAbsent(room(type) + " -> " + room, ignored -> new TreeSet<>())
                        .add(type)));

        assertThat(arrows).isEmpty();
        assertThat(references().keySet().stream().map(RoomsTest::room).distinct())
                .as("every package has its place in this list")
                .containsExactlyInAnyOrderElementsOf(ARROWS.keySet());
    }

    /** Or the order from the ground up would not be one. */
    @Test
    void theArrowsHaveNoCycle() {
        Set<String> below = new TreeSet<>();
        List<String> left = new ArrayList<>(ARROWS.keySet());
        while (!left.isEmpty()) {
            List<String> next = left.stream()
                    .filter(room -> below.containsAll(ARROWS.get(room)))
                    .toList();
            assertThat(next).as("each of these needs another of them: " + left).isNotEmpty();
            below.addAll(next);
            left.removeAll(next);
        }
    }

    @Test
    void keycloaksOwnMachineryIsTouchedWhereItHasTo() {
        Set<String> elsewhere = new TreeSet<>();
        references()
                .forEach((type, references) -> KEYCLOAKS.forEach((machinery, rooms) -> references.stream()
                        .filter(reference -> reference.startsWith(machinery) && !rooms.contains(room(type)))
                        .forEach(reference -> elsewhere.add(type + " -> " + reference))));

        assertThat(elsewhere).isEmpty();
    }

    /** So that tests can set it: what is proven depends on nothing but what it is handed. */
    @Test
    void theCoreReadsNoClockOfItsOwn() {
        Map<String, Set<String>> clocks = new TreeMap<>();
        classes((type, bytes) -> {
            if (Set.of("proof", "descriptor", "signal").contains(room(type))) {
                new ClassReader(bytes).accept(new ClockFinder(clocks.computeIfAbsent(type, one -> new TreeSet<>())), 0);
            }
        });

        assertThat(clocks).hasSizeGreaterThan(40).allSatisfy((type, calls) -> assertThat(calls)
                .isEmpty());
    }

    /** All types that a type names, by its own name, with slashes. */
    private static Map<String, Set<String>> references() {
        Map<String, Set<String>> references = new TreeMap<>();
        classes((type, bytes) -> references.put(type, namedIn(bytes)));
        return references;
    }

    private static void classes(BiConsumer<String, byte[]> reader) {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".class")).toList()) {
                reader.accept(
                        CLASSES.relativize(file).toString().replaceAll("\\.class$", ""), Files.readAllBytes(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> namedIn(byte[] bytes) {
        Set<String> named = new TreeSet<>();
        Remapper noting = new Remapper() {
            @Override
            public String map(String internalName) {
                named.add(internalName);
                return internalName;
            }
        };
        new ClassReader(bytes).accept(new ClassRemapper(new ClassWriter(0), noting), 0);
        return named;
    }

    private static String room(String type) {
        String inside = type.substring(ROOT.length());
        return inside.contains("/") ? inside.substring(0, inside.lastIndexOf('/')) : "";
    }

    private static final class ClockFinder extends ClassVisitor {
        private static final Set<String> CLOCKS =
                Set.of("now", "nanoTime", "currentTimeMillis", "currentTime", "system");

        private final Set<String> found;

        ClockFinder(Set<String> found) {
            super(Opcodes.ASM9);
            this.found = found;
        }

        @Override
        public MethodVisitor visitMethod(int access, String in, String type, String generic, String[] thrown) {
            return new MethodVisitor(Opcodes.ASM9) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String name, String signature, boolean ofInterface) {
                    if (opcode == Opcodes.INVOKESTATIC && CLOCKS.contains(name)) {
                        found.add(in + " calls " + owner + '.' + name);
                    }
                }
            };
        }
    }
}
