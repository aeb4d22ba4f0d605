package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs an extension that is not ours from classes of the tests. */
public final class ProviderJar {

    private ProviderJar() {}

    /** @param factories by the interface that they are announced for; their packages come along whole */
    public static Path write(Path jar, Map<Class<?>, List<Class<?>>> factories) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(zip, "META-INF/beans.xml", new byte[0]); // so that annotations of JAX-RS are looked for
            for (Class<?> spi : factories.keySet()) {
                String names = factories.get(spi).stream().map(Class::getName).collect(Collectors.joining("\n"));
                add(zip, "META-INF/services/" + spi.getName(), names.getBytes(StandardCharsets.UTF_8));
            }
            Map<String, Path> packages = new TreeMap<>();
            for (Class<?> type :
                    factories.values().stream().flatMap(List::stream).toList()) {
                packages.put(
                        type.getPackageName().replace('.', '/'),
                        Path.of(type.getResource(".").toURI()));
            }
            for (Map.Entry<String, Path> classes : packages.entrySet()) {
                addClasses(zip, classes.getKey(), classes.getValue());
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void addClasses(ZipOutputStream zip, String name, Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".class"))
                    .sorted()
                    .toList()) {
                add(zip, name + '/' + file.getFileName(), Files.readAllBytes(file));
            }
        }
    }

    private static void add(ZipOutputStream zip, String path, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(content);
        zip.closeEntry();
    }
}
