package dev.socialexchange.keycloak.descriptor;

import dev.socialexchange.keycloak.descriptor.YamlNode.Mapping;
import dev.socialexchange.keycloak.descriptor.YamlNode.Scalar;
import dev.socialexchange.keycloak.descriptor.YamlNode.Sequence;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads what stands behind a key.
 *
 * @param oneOrMore whether one value stands for a list of one
 */
record ValueReader(boolean oneOrMore) {
    /** What is written as text and means more. */
    private static final Map<Type, Function<String, Object>> WORDS = Map.of(
            String.class, text -> text,
            SubjectPattern.class, SubjectPattern::of,
            ClaimCondition.class, ClaimCondition::of);

    /** What a key that is left out says. */
    static Object nothing(Type type) {
        if (type == boolean.class) {
            return false;
        }
        if (type == Pointers.class) {
            return Pointers.NONE;
        }
        Map<Class<?>, Object> empty = Map.of(
                Optional.class, Optional.empty(), List.class, List.of(), Set.class, Set.of(), Map.class, Map.of());
        Object nothing = type instanceof ParameterizedType generic ? empty.get(generic.getRawType()) : null;
        if (nothing == null) {
            throw new IllegalStateException(type + " has to be there, or something in its place");
        }
        return nothing;
    }

    Object read(Type type, YamlNode node) {
        if (type instanceof ParameterizedType generic) {
            return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), node);
        }
        if (WORDS.containsKey(type)) {
            return told(node, () -> WORDS.get(type).apply(text(node)));
        }
        if (type == boolean.class) {
            return flag(node);
        }
        if (type == Integer.class) {
            return number(node);
        }
        if (type == Pointers.class) {
            return told(node, () -> Pointers.of(texts(node)));
        }
        Class<?> named = (Class<?>) type;
        return named.isEnum() ? constant(named, node) : RecordReader.read(named, node);
    }

    private Object generic(Class<?> raw, Type[] of, YamlNode node) {
        if (raw == Optional.class) {
            return Optional.of(read(of[0], node));
        }
        if (raw == Map.class) {
            Map<String, Object> map = new LinkedHashMap<>();
            fields(node).forEach((key, value) -> map.put(key, read(of[1], value)));
            return Collections.unmodifiableMap(map);
        }
        List<Object> entries = entries(node).map(entry -> read(of[0], entry)).toList();
        return raw == Set.class ? Collections.unmodifiableSet(new LinkedHashSet<>(entries)) : entries;
    }

    private Stream<YamlNode> entries(YamlNode node) {
        if (node instanceof Sequence list) {
            return list.entries().stream();
        }
        if (oneOrMore) {
            return Stream.of(node);
        }
        throw node.position().mistake("must be a list");
    }

    private static Map<String, YamlNode> fields(YamlNode node) {
        if (node instanceof Mapping mapping) {
            return mapping.fields();
        }
        throw node.position().mistake("must be a map of keys");
    }

    private static String text(YamlNode node) {
        if (node instanceof Scalar scalar) {
            return scalar.text();
        }
        throw node.position().mistake("must be text");
    }

    private static String[] texts(YamlNode node) {
        return (node instanceof Sequence list ? list.entries().stream() : Stream.of(node))
                .map(ValueReader::text)
                .toArray(String[]::new);
    }

    static boolean flag(YamlNode node) {
        String text = text(node);
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return Boolean.parseBoolean(text);
        }
        throw node.position().mistake(quoted(text) + " is not true or false");
    }

    private static Integer number(YamlNode node) {
        String text = text(node);
        if (text.matches("\\d{1,9}")) {
            return Integer.valueOf(text);
        }
        throw node.position().mistake(quoted(text) + " is not a number");
    }

    private static Object constant(Class<?> type, YamlNode node) {
        String text = text(node);
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> word(constant).equals(text))
                .findFirst()
                .orElseThrow(() -> node.position()
                        .mistake(quoted(text)
                                + Arrays.stream(type.getEnumConstants())
                                        .map(ValueReader::word)
                                        .collect(Collectors.joining(", ", " is not one of ", ""))));
    }

    /** How files spell a constant. */
    static String word(Object constant) {
        return ((Enum<?>) constant).name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static Object told(YamlNode node, Supplier<Object> value) {
        try {
            return value.get();
        } catch (YamlNode.LocatedMistake located) {
            throw located;
        } catch (IllegalArgumentException mistake) {
            throw node.position().mistake(mistake.getMessage());
        }
    }
}
