package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.Printable;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.descriptor.DescriptorRules;
import dev.socialexchange.keycloak.provider.SettingName;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * Descriptors that the server's operator keeps in a folder, read once, at the server's start. A file with a mistake is
 * reported in one line of the log and then as good as absent: it closes the identity providers that refer to it, and nothing
 * else.
 */
final class DescriptorFolder {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");
    private static final String SUFFIX = ".yaml";
    private static final int MAX_BYTES = 64 * 1024;
    private static final int MAX_REPORTED = 1000;
    /** A plain name, which is looked up among those that were read: it never becomes a path. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");

    private final Map<String, Descriptor> usable;
    private final Set<String> reported = ConcurrentHashMap.newKeySet();

    private DescriptorFolder(Map<String, Descriptor> usable) {
        this.usable = Map.copyOf(usable);
    }

    static DescriptorFolder none() {
        return new DescriptorFolder(Map.of());
    }

    /**
     * @param folder as the operator has written it; blank for none
     * @param types ids of the provider types that the server has already
     */
    static DescriptorFolder in(String folder, Set<String> types) {
        if (folder == null || folder.isBlank()) {
            return none();
        }
        Map<String, Descriptor> usable = new HashMap<>();
        for (Path file : files(folder.strip())) {
            try {
                Descriptor descriptor = read(file, types);
                usable.put(descriptor.id(), descriptor);
            } catch (IllegalArgumentException mistake) {
                LOG.error(mistake.getMessage());
            }
        }
        return new DescriptorFolder(usable);
    }

    private static List<Path> files(String folder) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            // a link counts as what it leads to: that is how Kubernetes mounts files
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException | InvalidPathException unreadable) {
            LOG.errorf("The folder of provider descriptors cannot be read: %s", Printable.of(folder));
            return List.of();
        }
    }

    /** @throws IllegalArgumentException naming file, line and mistake on one line */
    static Descriptor read(Path file, Set<String> types) {
        String fileName = file.getFileName().toString();
        String name = fileName.substring(0, fileName.length() - SUFFIX.length());
        String shown = Printable.of(file.toString());
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    shown + ", line 1: the file's name has other characters than a-z, 0-9 and -");
        }
        DescriptorReader.Read read = DescriptorReader.read(bytes(file, shown), shown);
        Descriptor descriptor = read.descriptor();
        Optional<DescriptorRules.Finding> finding = !name.equals(descriptor.id())
                ? Optional.of(new DescriptorRules.Finding("/id", "must be the file's name, " + name))
                : types.contains(name)
                        ? Optional.of(new DescriptorRules.Finding("/id", "is a provider type already"))
                        : DescriptorRules.brokenIn(descriptor);
        finding.ifPresent(broken -> {
            throw read.mistake(broken);
        });
        return descriptor;
    }

    private static byte[] bytes(Path file, String shown) {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IllegalArgumentException(shown + ", line 1: larger than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException unreadable) {
            throw new IllegalArgumentException(shown + ", line 1: the file cannot be read", unreadable);
        }
    }

    /** Empty if there is no usable descriptor of this name, which the log then says once. */
    Optional<Descriptor> named(String name) {
        Descriptor descriptor = usable.get(name);
        if (descriptor == null && reported.size() < MAX_REPORTED && reported.add(name)) {
            LOG.errorf(
                    "Identity providers with the descriptor \"%s\" are closed: %s", Printable.of(name), absent(name));
        }
        return Optional.ofNullable(descriptor);
    }

    /** @throws IllegalArgumentException for the admin who refers to a descriptor that is not usable */
    Descriptor require(String name) {
        Descriptor descriptor = usable.get(name);
        if (descriptor == null) {
            throw new IllegalArgumentException(SettingName.of(DescriptorSettings.DESCRIPTOR) + ": " + absent(name));
        }
        return descriptor;
    }

    private static String absent(String name) {
        return NAME.matcher(name).matches()
                ? "the server has read no usable file " + name + SUFFIX + " at its start; see its log"
                : "a name of a-z, 0-9 and -, without path and " + SUFFIX;
    }
}
