package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.stream.Collectors;

/** Reads a {@link Descriptor} from YAML. */
public final class DescriptorReader {
    private final String source;
    private final byte[] yaml;

    private DescriptorReader(byte[] yaml, String source) {
        this.yaml = yaml;
        this.source = source;
    }

    /** A descriptor, and where in which file it stands. */
    public static final class Read {
        private final Descriptor descriptor;
        private final String source;
        private final YamlNode node;

        private Read(Descriptor descriptor, String source, YamlNode node) {
            this.descriptor = descriptor;
            this.source = source;
            this.node = node;
        }

        public Descriptor descriptor() {
            return descriptor;
        }

        /** What only a look at the whole shows, as an exception like those of {@link #read}. */
        public IllegalArgumentException mistake(DescriptorRules.Finding finding) {
            return new IllegalArgumentException(source + ", "
                    + node.at(finding.pointer()).mistake(finding.text()).getMessage());
        }
    }

    public static Descriptor resource(String id) {
        String name = "/social-providers/" + id + ".yaml";
        return read(bytes(name), name).descriptor();
    }

    /** What any transmitter of the OpenID Shared Signals Framework says, which no provider's own file has. */
    public static SignalRules sharedSignals() {
        try {
            return RecordReader.read(SignalRules.class, YamlTree.read(bytes("/shared-signals.yaml")));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static byte[] bytes(String name) {
        try (InputStream yaml = DescriptorReader.class.getResourceAsStream(name)) {
            if (yaml == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return yaml.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** @throws IllegalArgumentException naming source, line and mistake on one line */
    public static Read read(byte[] yaml, String source) {
        return new DescriptorReader(yaml, source).read();
    }

    private Read read() {
        try {
            YamlNode node = YamlTree.read(yaml);
            return new Read(RecordReader.read(Descriptor.class, node), source, node);
        } catch (JsonProcessingException syntax) {
            int line = syntax.getLocation() == null ? 1 : syntax.getLocation().getLineNr();
            throw mistake("line " + line + ": " + oneLine(syntax.getOriginalMessage()));
        } catch (IOException notText) {
            throw mistake("line 1: cannot be read as YAML");
        } catch (IllegalArgumentException unsupported) {
            throw mistake(unsupported.getMessage());
        }
    }

    /** The YAML parser draws the place over several lines; the first and the last without indentation say it. */
    private static String oneLine(String message) {
        return message.lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .map(line -> line.replaceAll("\\p{Cntrl}", " ").strip())
                .collect(Collectors.joining(", "));
    }

    private IllegalArgumentException mistake(String message) {
        return new IllegalArgumentException(source + ", " + message);
    }
}
