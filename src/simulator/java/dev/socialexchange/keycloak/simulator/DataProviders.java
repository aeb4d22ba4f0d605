package dev.socialexchange.keycloak.simulator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The providers that are data, from their files. */
final class DataProviders {
    private static final String FOLDER = "/simulator";
    private static final String SUFFIX = ".yaml";

    private DataProviders() {}

    /**
     * Every provider that has a file, by its id.
     *
     * @param served those that have a class as well, which serves them
     */
    static Map<String, DataProvider> all(Map<String, Provider> served) {
        URL folder = DataProviders.class.getResource(FOLDER);
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                return in(Path.of(uri), served);
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return in(jar.getPath(FOLDER), served);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, DataProvider> in(Path folder, Map<String, Provider> served) throws IOException {
        Map<String, DataProvider> providers = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                String id = name.substring(0, name.length() - SUFFIX.length());
                ProviderData data = ProviderData.read(Files.newInputStream(file), name);
                providers.put(
                        id,
                        served.containsKey(id)
                                ? new DescribedProvider(id, data, served.get(id))
                                : new DataProvider(id, data));
            }
        }
        return providers;
    }
}
