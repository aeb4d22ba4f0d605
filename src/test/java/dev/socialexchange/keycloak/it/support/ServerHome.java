package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A Keycloak folder of one run's own. Libraries and themes, which nobody writes to, are hard links into the unpacked
 * distribution; configuration, providers, data and what {@code kc.sh build} generates are private.
 */
record ServerHome(Path path) {

    private static final List<Path> SHARED = List.of(Path.of("lib", "lib"), Path.of("themes"));
    private static final Path PROVIDERS = Path.of("providers");
    private static final Path DATA = Path.of("data");

    /** Of a home that has been built, and is not built again. */
    private static final List<Path> BUILT = List.of(Path.of("lib"), Path.of("themes"), PROVIDERS);

    /** Only what a run adds to a Keycloak that is somewhere else. */
    static ServerHome empty(Path home) {
        try {
            deleteRecursively(home);
            Files.createDirectories(home.resolve(PROVIDERS));
            Files.createDirectories(home.resolve(DATA).resolve("import"));
            return new ServerHome(home);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + home, e);
        }
    }

    static ServerHome create(Path distribution, Path home) {
        return create(distribution, home, SHARED, List.of(PROVIDERS, DATA));
    }

    /** Another server from the same build, with data of its own. */
    static ServerHome sharing(ServerHome built, Path home) {
        return create(built.path, home, BUILT, List.of(DATA));
    }

    private static ServerHome create(Path from, Path home, List<Path> shared, List<Path> left) {
        ServerHome created = empty(home);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path source : files.toList()) {
                Path relative = from.relativize(source);
                if (left.stream().noneMatch(relative::startsWith)) {
                    place(source, home.resolve(relative), shared.stream().anyMatch(relative::startsWith));
                }
            }
            return created;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + home, e);
        }
    }

    /** Below a Keycloak's folder, wherever that is. */
    static final String OWN_DESCRIPTORS = "data/own-descriptors";

    /** The jars, descriptors and the realm that a run asks for. */
    void install(ServerOptions options) {
        options.ownDescriptors.forEach(this::addDescriptor);
        options.providerJars.forEach(this::addProvider);
        if (options.withExtension) {
            addProvider(Workspace.extensionJar());
        }
        if (options.withRealm) {
            copyInto(path.resolve(DATA).resolve("import"), Workspace.realmFile());
        }
    }

    private void addDescriptor(String file, String yaml) {
        try {
            Path folder = Files.createDirectories(path.resolve(OWN_DESCRIPTORS));
            Files.writeString(folder.resolve(file), yaml);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private void addProvider(Path jar) {
        copyInto(path.resolve(PROVIDERS), jar);
    }

    /** Takes the extension out again. */
    void uninstall() {
        try {
            Files.delete(
                    path.resolve(PROVIDERS).resolve(Workspace.extensionJar().getFileName()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot take the extension out of " + path, e);
        }
    }

    Path script() {
        boolean windows = System.getProperty("os.name").startsWith("Windows");
        return path.resolve("bin").resolve(windows ? "kc.bat" : "kc.sh");
    }

    private static void place(Path source, Path target, boolean shared) throws IOException {
        if (Files.isDirectory(source)) {
            Files.createDirectories(target);
        } else if (!shared || !linked(source, target)) {
            Files.copy(source, target, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    /** Not every file system has hard links, and none has them across volumes. */
    private static boolean linked(Path source, Path target) throws IOException {
        try {
            Files.createLink(target, source);
            return true;
        } catch (UnsupportedOperationException | FileSystemException e) {
            return false;
        }
    }

    private static void copyInto(Path folder, Path file) {
        try {
            Files.copy(file, folder.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy " + file + " into " + folder, e);
        }
    }

    static void deleteRecursively(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
