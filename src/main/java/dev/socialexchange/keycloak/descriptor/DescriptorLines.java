package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * On which line of a YAML file each value stands. Refuses what could make a small file large or deep, and what is empty: a key
 * with nothing behind it is a slip of the keyboard, never a default.
 */
public final class DescriptorLines {
    private static final int MAX_DEPTH = 16;
    private static final YAMLFactory YAML = new YAMLFactory();

    private final Map<String, Integer> lines = new HashMap<>();

    /** @throws IllegalArgumentException for anchors, aliases, documents, too many levels and nothing, beginning with the line */
    static DescriptorLines of(byte[] yaml) throws IOException {
        DescriptorLines lines = new DescriptorLines();
        try (YAMLParser parser = YAML.createParser(yaml)) {
            int depth = 0;
            boolean complete = false;
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                int line = parser.currentTokenLocation().getLineNr();
                if (parser.isCurrentAlias() || parser.getObjectId() != null) {
                    throw new IllegalArgumentException("line " + line + ": anchors and aliases are not supported");
                }
                if (complete) {
                    throw new IllegalArgumentException("line " + line + ": more than one document");
                }
                depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                if (depth > MAX_DEPTH) {
                    throw new IllegalArgumentException("line " + line + ": more than " + MAX_DEPTH + " levels");
                }
                complete = depth == 0;
                String pointer = parser.getParsingContext().pathAsPointer().toString();
                if (token == JsonToken.VALUE_NULL) {
                    throw new IllegalArgumentException("line " + line + ": "
                            + (pointer.isEmpty() ? "the file is empty" : place(pointer) + "is empty"));
                }
                lines.lines.putIfAbsent(pointer, line);
            }
        }
        return lines;
    }

    /** The line of a value, or of the nearest thing around it that is there. */
    public int of(String pointer) {
        for (String place = pointer; !place.isEmpty(); place = place.substring(0, place.lastIndexOf('/'))) {
            if (lines.containsKey(place)) {
                return lines.get(place);
            }
        }
        return lines.getOrDefault("", 1);
    }

    /** How a mistake names a place, with what separates it from the mistake; nothing for the whole file. */
    public static String place(String pointer) {
        return pointer.isEmpty()
                ? ""
                : pointer.substring(1).replace('/', '.').replace("~1", "/").replace("~0", "~") + ": ";
    }
}
