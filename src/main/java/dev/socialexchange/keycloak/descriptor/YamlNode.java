package dev.socialexchange.keycloak.descriptor;

import java.util.List;
import java.util.Map;

/** A part of a YAML file, with its place in it. */
sealed interface YamlNode {
    Position position();

    /** @param text as it is written, also of numbers and truth values; quotes make no difference */
    record Scalar(String text, Position position) implements YamlNode {}

    record Sequence(List<YamlNode> entries, Position position) implements YamlNode {}

    record Mapping(Map<String, YamlNode> fields, Position position) implements YamlNode {}

    /** @param place keys and numbers of entries from the top, with dots between them; blank for the whole file */
    record Position(int line, String place) {
        Position below(String step, int itsLine) {
            return new Position(itsLine, place.isEmpty() ? step : place + '.' + step);
        }

        LocatedMistake mistake(String text) {
            return new LocatedMistake(("line " + line + ": " + (place.isEmpty() ? "" : place + ": ") + text)
                    .replaceAll("\\p{Cntrl}", " "));
        }
    }

    /** What is wrong at a place of a file, on one line that begins with the number of the file's line. */
    final class LocatedMistake extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        private LocatedMistake(String message) {
            super(message);
        }
    }

    /**
     * Where something stands, or the nearest thing around it that is there.
     *
     * @param pointer as a JSON pointer has it
     */
    default Position at(String pointer) {
        YamlNode around = this;
        Position nearest = position();
        for (String step : pointer.split("/")) {
            if (step.isEmpty()) {
                continue;
            }
            String key = step.replace("~1", "/").replace("~0", "~");
            around = around instanceof Mapping mapping ? mapping.fields().get(key) : null;
            nearest = around == null ? nearest.below(key, nearest.line()) : around.position();
        }
        return nearest;
    }
}
