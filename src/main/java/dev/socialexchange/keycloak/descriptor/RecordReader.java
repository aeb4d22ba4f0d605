package dev.socialexchange.keycloak.descriptor;

import dev.socialexchange.keycloak.descriptor.YamlNode.Mapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Makes a record of a mapping in a file. A key that is not part of it is a mistake, never ignored. */
final class RecordReader {
    /** The keys that are known where this mapping stands. */
    private final Set<String> known = new HashSet<>();

    private final Class<?> type;
    private final Mapping mapping;

    private RecordReader(Class<?> type, Mapping mapping) {
        this.type = type;
        this.mapping = mapping;
    }

    /** @throws IllegalArgumentException with line, place and mistake */
    static <T> T read(Class<T> type, YamlNode node) {
        if (!(node instanceof Mapping mapping)) {
            throw node.position().mistake("must be a map with keys of its own");
        }
        return type.cast(new RecordReader(type, mapping).read());
    }

    private Object read() {
        Object made = make(type);
        mapping.fields().forEach((key, node) -> {
            if (!known.contains(key)) {
                List<String> all = RecordKeys.of(type);
                throw node.position()
                        .mistake(
                                all.contains(key)
                                        ? "does not go with what else stands here"
                                        : "unknown key; known here: "
                                                + all.stream().sorted().collect(Collectors.joining(", ")));
            }
        });
        return made;
    }

    private Object make(Class<?> wanted) {
        Class<?> kind = wanted.isSealed() ? kind(wanted) : wanted;
        List<Class<?>> types = new ArrayList<>();
        List<Object> values = new ArrayList<>();
        RecordKeys.components(kind).forEach(component -> {
            types.add(component.getType());
            values.add(RecordKeys.isTogether(component) ? make(component.getType()) : value(component));
        });
        try {
            Constructor<?> constructor = kind.getDeclaredConstructor(types.toArray(Class<?>[]::new));
            return constructor.newInstance(values.toArray());
        } catch (InvocationTargetException refused) {
            if (refused.getCause() instanceof IllegalArgumentException mistake) {
                throw mapping.position().mistake(mistake.getMessage());
            }
            throw new IllegalStateException(kind.getSimpleName() + " cannot be made", refused);
        } catch (ReflectiveOperationException noRecord) {
            throw new IllegalStateException(kind.getSimpleName() + " cannot be made", noRecord);
        }
    }

    /** Of the kinds that there are the one that a key has chosen. */
    private Class<?> kind(Class<?> wanted) {
        RecordKeys.kinds(wanted).flatMap(kind -> RecordKeys.flag(kind).stream()).forEach(known::add);
        List<Class<?>> chosen = RecordKeys.kinds(wanted)
                .filter(kind -> RecordKeys.chosenBy(kind).filter(this::says).isPresent())
                .collect(Collectors.toList());
        if (chosen.isEmpty()) {
            RecordKeys.kinds(wanted)
                    .filter(kind -> RecordKeys.chosenBy(kind).isEmpty())
                    .forEach(chosen::add);
        }
        if (chosen.size() != 1) {
            throw mapping.position()
                    .mistake(RecordKeys.kinds(wanted)
                            .flatMap(kind -> RecordKeys.chosenBy(kind).stream())
                            .collect(Collectors.joining(" or ", "has either ", "")));
        }
        return chosen.get(0);
    }

    private boolean says(String key) {
        YamlNode node = mapping.fields().get(key);
        boolean flag = known.contains(key);
        return node != null && (!flag || ValueReader.flag(node));
    }

    private Object value(RecordComponent component) {
        Key key = RecordKeys.key(component);
        String name = RecordKeys.name(component);
        known.add(name);
        YamlNode node = mapping.fields().get(name);
        if (node == null && key.required()) {
            throw mapping.position().mistake(name + " is missing: " + key.value());
        }
        if (node == null && key.otherwise().isEmpty()) {
            return ValueReader.nothing(component.getGenericType());
        }
        YamlNode given = Objects.requireNonNullElseGet(node, () -> otherwise(key));
        return new ValueReader(key.oneOrMore()).read(component.getGenericType(), given);
    }

    private static YamlNode otherwise(Key key) {
        try {
            return YamlTree.read(key.otherwise().getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
