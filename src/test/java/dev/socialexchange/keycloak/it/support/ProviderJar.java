package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs an extension that is not ours from classes of the tests. */
final class ProviderJar {

    private ProviderJar() {}

    /** @param factories by the interface that they are announced for */
    static Path write(Path jar, Map<Class<?>, List<Class<?>>> factories, Class<?>... others) {
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(zip, "META-INF/beans.xml", new byte[0]); // so that annotations of JAX-RS are looked for
            for (Class<?> spi : factories.keySet()) {
                String names = factories.get(spi).stream().map(Class::getName).collect(Collectors.joining("\n"));
                add(zip, "META-INF/services/" + spi.getName(), names.getBytes(StandardCharsets.UTF_8));
            }
            Stream<Class<?>> announced = factories.values().stream().flatMap(List::stream);
            for (Class<?> type : Stream.concat(announced, Arrays.stream(others)).toList()) {
                String path = type.getName().replace('.', '/') + ".class";
                try (InputStream bytes = type.getClassLoader().getResourceAsStream(path)) {
                    add(zip, path, bytes.readAllBytes());
                }
            }
            return jar;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(ZipOutputStream zip, String path, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(path));
        zip.write(content);
        zip.closeEntry();
    }
}
