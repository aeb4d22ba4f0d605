package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The language of descriptors as a JSON Schema (draft 2020-12), from the records that it is read into. */
final class DescriptorSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** What a value is that is no record, for whoever writes one. */
    private static final Map<Type, Supplier<ObjectNode>> VALUES = Map.of(
            String.class, () -> ofType("string"),
            boolean.class, () -> ofType("boolean"),
            Integer.class, () -> ofType("integer"),
            SubjectPattern.class, () -> ofType("string").put("minLength", 1),
            ClaimCondition.class, () -> ofType("string").put("minLength", 1),
            Pointers.class, () -> oneOrMore(ofType("string").put("pattern", "^/")));

    private final Map<String, ObjectNode> definitions = new LinkedHashMap<>();

    private DescriptorSchema() {}

    static ObjectNode make() {
        DescriptorSchema schema = new DescriptorSchema();
        ObjectNode root = NODES.objectNode();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "A provider of Social Exchange for Keycloak");
        root.setAll(schema.object(Descriptor.class));
        ObjectNode definitions = root.putObject("$defs");
        schema.definitions.forEach(definitions::set);
        return root;
    }

    /** The parts of the language that have a level of their own, the whole first. */
    static Stream<Class<?>> levels() {
        return Stream.of(
                Descriptor.class,
                Mark.class,
                OAuth2Endpoints.class,
                IdTokenRules.class,
                ClaimRules.class,
                AccessTokenRules.class,
                Binding.class,
                CallTemplate.class,
                CodeRules.class,
                Withdrawal.class,
                Identity.class,
                Identity.EmailList.class,
                TemporarySign.class,
                CheckRules.class,
                SignalRules.class,
                SignalProof.SecurityEvents.class,
                BodySignature.class,
                SignalHandshake.class,
                SignalRules.Answer.class);
    }

    /** One level of the language while it is written down. */
    private final class Level {
        private final ObjectNode properties = NODES.objectNode();
        private final Set<String> required = new LinkedHashSet<>();
        private final List<ArrayNode> choices = new ArrayList<>();

        private void add(Class<?> type) {
            if (type.isSealed()) {
                addKinds(type);
                return;
            }
            RecordKeys.components(type).forEach(component -> {
                if (RecordKeys.isTogether(component)) {
                    add(component.getType());
                } else {
                    add(component);
                }
            });
        }

        private void add(RecordComponent component) {
            Key key = RecordKeys.key(component);
            ObjectNode value = value(component.getGenericType(), key.oneOrMore());
            ObjectNode described = described(value, key.value());
            if (!key.otherwise().isEmpty()) {
                described.set("default", yaml(key.otherwise()));
            }
            properties.set(RecordKeys.name(component), described);
            if (key.required()) {
                required.add(RecordKeys.name(component));
            }
        }

        /** The keys of all kinds; and then which of them go together. */
        private void addKinds(Class<?> type) {
            ArrayNode kinds = NODES.arrayNode();
            Set<String> before = Set.copyOf(required);
            RecordKeys.kinds(type).forEach(kind -> {
                RecordKeys.flag(kind)
                        .ifPresent(flag -> properties.set(
                                flag,
                                described(
                                        ofType("boolean"),
                                        kind.getAnnotation(ChosenBy.class).flag())));
                add(kind);
            });
            required.retainAll(before);
            RecordKeys.kinds(type).map(kind -> choice(type, kind)).forEach(kinds::add);
            choices.add(kinds);
        }

        private ObjectNode choice(Class<?> type, Class<?> kind) {
            Level alone = new Level();
            alone.add(kind);
            ObjectNode choice = NODES.objectNode();
            ArrayNode needed = choice.putArray("required");
            Optional<String> flag = RecordKeys.flag(kind);
            Stream.concat(flag.stream(), alone.required.stream()).forEach(needed::add);
            ObjectNode limits = NODES.objectNode();
            flag.ifPresent(key -> limits.putObject(key).put("const", true));
            RecordKeys.kinds(type).filter(other -> other != kind).forEach(other -> {
                RecordKeys.flag(other).ifPresent(key -> limits.putObject(key).put("const", false));
                RecordKeys.of(other).stream()
                        .filter(key -> !alone.properties.has(key))
                        .forEach(key -> limits.put(key, false));
            });
            if (!limits.isEmpty()) {
                choice.set("properties", limits);
            }
            return choice;
        }

        private ObjectNode schema() {
            ObjectNode object = ofType("object").put("additionalProperties", false);
            object.set("properties", properties);
            if (!required.isEmpty()) {
                required.forEach(object.putArray("required")::add);
            }
            if (choices.size() == 1) {
                object.set("oneOf", choices.get(0));
            } else if (!choices.isEmpty()) {
                ArrayNode all = object.putArray("allOf");
                choices.forEach(kinds -> all.addObject().set("oneOf", kinds));
            }
            return object;
        }
    }

    private ObjectNode object(Class<?> type) {
        Level level = new Level();
        level.add(type);
        return level.schema();
    }

    /** What stands beside a reference replaces nothing (2020-12). */
    private static ObjectNode described(ObjectNode value, String text) {
        ObjectNode described = NODES.objectNode().put("description", text);
        described.setAll(value);
        return described;
    }

    private static JsonNode yaml(String text) {
        try {
            return YAML.readTree(text);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** @param single whether one value stands for a list of one */
    private ObjectNode value(Type type, boolean single) {
        if (VALUES.containsKey(type)) {
            return VALUES.get(type).get();
        }
        if (type instanceof ParameterizedType generic) {
            return generic((Class<?>) generic.getRawType(), generic.getActualTypeArguments(), single);
        }
        Class<?> named = (Class<?>) type;
        if (named.isEnum()) {
            ObjectNode words = NODES.objectNode();
            ArrayNode all = words.putArray("enum");
            Arrays.stream(named.getEnumConstants()).map(ValueReader::word).forEach(all::add);
            return words;
        }
        if (!definitions.containsKey(named.getSimpleName())) {
            definitions.put(named.getSimpleName(), NODES.objectNode()); // its place, before those of its own parts
            definitions.put(named.getSimpleName(), object(named));
        }
        return NODES.objectNode().put("$ref", "#/$defs/" + named.getSimpleName());
    }

    private ObjectNode generic(Class<?> raw, Type[] of, boolean single) {
        if (raw == Optional.class) {
            return value(of[0], single);
        }
        if (raw == Map.class) {
            ObjectNode map = ofType("object");
            map.set("additionalProperties", of[1] == String.class ? text() : value(of[1], single));
            return map;
        }
        ObjectNode entry = value(of[0], false);
        return single ? oneOrMore(entry) : listOf(entry);
    }

    private static ObjectNode ofType(String type) {
        return NODES.objectNode().put("type", type);
    }

    /** A value that YAML may have read as something else is text as well. */
    private static ObjectNode text() {
        ObjectNode text = NODES.objectNode();
        text.putArray("type").add("string").add("number").add("boolean");
        return text;
    }

    private static ObjectNode listOf(ObjectNode entry) {
        ObjectNode list = ofType("array");
        list.set("items", entry);
        return list;
    }

    private static ObjectNode oneOrMore(ObjectNode entry) {
        ObjectNode either = NODES.objectNode();
        either.putArray("oneOf").add(entry).add(listOf(entry));
        return either;
    }
}
