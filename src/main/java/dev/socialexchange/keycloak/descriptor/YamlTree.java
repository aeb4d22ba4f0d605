package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import dev.socialexchange.keycloak.descriptor.YamlNode.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads YAML with its lines. Refuses what could make a small file large or deep, and what is empty: a key with nothing behind
 * it is a slip of the keyboard, never a default.
 */
final class YamlTree {
    private static final int MAX_DEPTH = 16;
    private static final YAMLFactory YAML = YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(YAMLParser.Feature.EMPTY_STRING_AS_NULL) // what stands behind a key and is nothing
            .build();

    private final YAMLParser parser;
    private int depth;

    private YamlTree(YAMLParser parser) {
        this.parser = parser;
    }

    /** @throws IllegalArgumentException for anchors, aliases, documents, too many levels and nothing, beginning with the line */
    static YamlNode read(byte[] yaml) throws IOException {
        try (YAMLParser parser = YAML.createParser(yaml)) {
            YamlTree tree = new YamlTree(parser);
            if (tree.next() == null) {
                throw new Position(1, "").mistake("the file is empty");
            }
            YamlNode root = tree.node(tree.here());
            if (tree.next() != null) {
                throw tree.here().mistake("more than one document");
            }
            return root;
        }
    }

    private JsonToken next() throws IOException {
        JsonToken token = parser.nextToken();
        if (token != null && (parser.isCurrentAlias() || parser.getObjectId() != null)) {
            throw here().mistake("anchors and aliases are not supported");
        }
        return token;
    }

    /** Of the whole file, unless something below it is said. */
    private Position here() {
        return new Position(line(), "");
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private YamlNode node(Position position) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            throw position.mistake(position.place().isEmpty() ? "the file is empty" : "is empty");
        }
        if (!token.isStructStart()) {
            return new YamlNode.Scalar(parser.getText(), position);
        }
        if (++depth > MAX_DEPTH) {
            throw here().mistake("more than " + MAX_DEPTH + " levels");
        }
        YamlNode node = token == JsonToken.START_ARRAY ? sequence(position) : mapping(position);
        depth--;
        return node;
    }

    private YamlNode sequence(Position position) throws IOException {
        List<YamlNode> entries = new ArrayList<>();
        while (next() != JsonToken.END_ARRAY) {
            entries.add(node(position.below(String.valueOf(entries.size()), line())));
        }
        return new YamlNode.Sequence(entries, position);
    }

    private YamlNode mapping(Position position) throws IOException {
        Map<String, YamlNode> fields = new LinkedHashMap<>();
        while (next() != JsonToken.END_OBJECT) {
            String key = parser.currentName();
            Position field = position.below(key, line());
            next();
            fields.put(key, node(field));
        }
        return new YamlNode.Mapping(fields, position);
    }
}
