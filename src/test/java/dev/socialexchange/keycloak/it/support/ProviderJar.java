package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Packs an extension that is not ours from classes of the tests. */
final class ProviderJar {

    private ProviderJar() {}

    static Path write(Path jar, Class<?> spi, Class<?>[] factories, Class<?>... others) {
        String names = Arrays.stream(factories).map(Class::getName).collect(Collectors.joining("\n"));
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            add(zip, "META-INF/services/" + spi.getName(), names.getBytes(StandardCharsets.UTF_8));
            for (Class<?> type : Stream.concat(Arrays.stream(factories), Arrays.stream(others))
                    .toList()) {
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
