package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Reads a {@link Descriptor} from YAML. A key that is not part of it is a mistake, never ignored. */
final class DescriptorReader {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private DescriptorReader() {}

    static Descriptor resource(String id) {
        String name = "/social-providers/" + id + ".yaml";
        try (InputStream yaml = DescriptorReader.class.getResourceAsStream(name)) {
            if (yaml == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return read(yaml, name);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** @throws IllegalArgumentException naming the source, about the line, and the mistake */
    static Descriptor read(InputStream yaml, String source) throws IOException {
        try {
            return YAML.readValue(yaml, Descriptor.class);
        } catch (JsonMappingException mistake) {
            throw new IllegalArgumentException(
                    source + ", near line " + mistake.getLocation().getLineNr() + ": " + mistake.getOriginalMessage(),
                    mistake);
        }
    }
}
