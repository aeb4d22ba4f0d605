package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where a value stands in a provider's JSON: one pointer (RFC 6901) or several, of which the first non-blank one counts. */
public record Pointers(List<JsonPointer> all) {
    public static final Pointers NONE = new Pointers(List.of());

    /** @throws IllegalArgumentException for anything else than pointers */
    public static Pointers of(String... pointers) {
        return new Pointers(Stream.of(pointers).map(Pointers::pointer).toList());
    }

    /** The empty pointer, which is the whole document, is nobody's name: it would come of a typing error only. */
    private static JsonPointer pointer(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException('"' + text + "\" is not a JSON pointer, for example /data/id");
        }
        return JsonPointer.compile(text);
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }

    /** The first value that is there and not blank, as text; numbers without loss. */
    public Optional<String> text(JsonNode document) {
        return texts(document).findFirst();
    }

    /** As {@link #text}, of what can name something: {@code true} is nobody's id, and everybody would share it. */
    public Optional<String> name(JsonNode document) {
        return node(document).map(JsonNode::asText);
    }

    /** As {@link #name}, and still the text or number that it is. */
    Optional<JsonNode> node(JsonNode document) {
        return all.stream()
                .map(document::at)
                .filter(node -> node.isTextual() || node.isNumber())
                .filter(node -> !node.asText().isBlank())
                .findFirst();
    }

    /** All values that are there and not blank. */
    public Stream<String> texts(JsonNode document) {
        return all.stream()
                .map(document::at)
                .filter(JsonNode::isValueNode)
                .filter(node -> !node.isNull())
                .map(JsonNode::asText)
                .filter(text -> !text.isBlank());
    }

    /**
     * A flag as providers spell it: {@code true}, {@code "true"}, {@code 1}, {@code "1"}; anything else is false. Of several,
     * all must be set.
     */
    public boolean flag(JsonNode document) {
        return !all.isEmpty()
                && all.stream()
                                .map(document::at)
                                .filter(JsonNode::isValueNode)
                                .map(JsonNode::asText)
                                .filter(text -> text.equalsIgnoreCase("true") || text.equals("1"))
                                .count()
                        == all.size();
    }
}
