package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Consumer;

/** Objects of a long document, one at a time: a list, a list that is a member of an object, or one object after the other. */
final class JsonStream {

    private JsonStream() {}

    /** @param member that holds the list, where the document is one object; {@code null} if each object is one */
    static void each(InputStream document, String member, Consumer<JsonNode> reader) throws IOException {
        try (JsonParser parser = Json.MAPPER.createParser(document)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.START_OBJECT && member != null) {
                seek(parser, member);
                first = parser.nextToken();
            }
            if (first == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    reader.accept(object(parser));
                }
                return;
            }
            while (first != null) {
                reader.accept(object(parser));
                first = parser.nextToken();
            }
        }
    }

    private static void seek(JsonParser parser, String member) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            if (parser.currentName().equals(member)) {
                return;
            }
            parser.nextToken();
            parser.skipChildren();
        }
        throw new IOException("the document has no member " + member);
    }

    private static JsonNode object(JsonParser parser) throws IOException {
        JsonNode node = parser.readValueAsTree();
        if (node == null || !node.isObject()) {
            throw new IOException("an object was expected near line "
                    + parser.currentLocation().getLineNr());
        }
        return node;
    }
}
