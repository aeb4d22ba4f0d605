package dev.socialexchange.keycloak.importer;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What ids look like, by the type of the identity provider: the same file as the server's. */
final class IdShapes {
    private static final int MAX = 255;

    private final Map<String, Pattern> shapes;

    private IdShapes(Map<String, Pattern> shapes) {
        this.shapes = shapes;
    }

    static IdShapes shipped() {
        return new IdShapes(Lines.of("/imports/id-shapes.properties").entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, line -> Pattern.compile(line.getValue()))));
    }

    boolean fits(String type, String id) {
        Pattern shape = shapes.get(type);
        return id.length() <= MAX
                && (shape == null ? !id.contains("@") : shape.matcher(id).matches());
    }
}
