package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Reads a {@link Descriptor} from YAML. A key that is not part of it is a mistake, never ignored. */
public final class DescriptorReader {
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final String source;
    private final byte[] yaml;

    private DescriptorReader(byte[] yaml, String source) {
        this.yaml = yaml;
        this.source = source;
    }

    /** @param lines for mistakes that only a look at the whole shows */
    public record Read(Descriptor descriptor, DescriptorLines lines) {}

    public static Descriptor resource(String id) {
        String name = "/social-providers/" + id + ".yaml";
        try (InputStream yaml = DescriptorReader.class.getResourceAsStream(name)) {
            if (yaml == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return read(yaml.readAllBytes(), name).descriptor();
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
            DescriptorLines lines = DescriptorLines.of(yaml);
            return new Read(descriptor(lines), lines);
        } catch (JsonProcessingException syntax) {
            int line = syntax.getLocation() == null ? 1 : syntax.getLocation().getLineNr();
            throw mistake("line " + line + ": " + oneLine(syntax.getOriginalMessage()));
        } catch (IOException notText) {
            throw mistake("line 1: cannot be read as YAML");
        } catch (IllegalArgumentException unsupported) {
            throw mistake(unsupported.getMessage());
        }
    }

    private Descriptor descriptor(DescriptorLines lines) throws IOException {
        try {
            Descriptor descriptor = YAML.readValue(yaml, Descriptor.class);
            if (descriptor == null) {
                throw new IllegalArgumentException("line 1: the file is empty");
            }
            return descriptor;
        } catch (JsonMappingException mistake) {
            if (mistake.getCause() instanceof JsonProcessingException syntax) {
                throw syntax; // such as a key that is there twice
            }
            String pointer = mistake.getPath().stream()
                    .map(step -> step.getFieldName() == null ? String.valueOf(step.getIndex()) : step.getFieldName())
                    .map(step -> '/' + step.replace("~", "~0").replace("/", "~1"))
                    .collect(Collectors.joining());
            throw new IllegalArgumentException(
                    "line " + lines.of(pointer) + ": " + DescriptorLines.place(pointer) + words(mistake));
        }
    }

    /** What Jackson means, without its class names. */
    private static String words(JsonMappingException mistake) {
        if (mistake instanceof UnrecognizedPropertyException unknown) {
            return "unknown key; known here: "
                    + unknown.getKnownPropertyIds().stream()
                            .map(String::valueOf)
                            .sorted()
                            .collect(Collectors.joining(", "));
        }
        if (mistake instanceof InvalidFormatException format) {
            return '"' + oneLine(String.valueOf(format.getValue())) + "\" is not " + allowed(format.getTargetType());
        }
        if (mistake instanceof ValueInstantiationException made) {
            String problem = made.getCause() == null ? null : made.getCause().getMessage();
            return Objects.requireNonNullElse(problem, "something is empty that must not be");
        }
        return mistake instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null
                ? "must be " + allowed(mismatch.getTargetType())
                : oneLine(mistake.getOriginalMessage());
    }

    private static String allowed(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(value -> YAML.convertValue(value, String.class))
                    .collect(Collectors.joining(", ", "one of ", ""));
        }
        if (Collection.class.isAssignableFrom(type)) {
            return "a list";
        }
        if (type == String.class) {
            return "text";
        }
        if (type == boolean.class || type == Boolean.class) {
            return "true or false";
        }
        return Number.class.isAssignableFrom(type) || type.isPrimitive()
                ? "a number"
                : Map.class.isAssignableFrom(type) ? "a map of keys to text" : "a map with keys of its own";
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
