package dev.socialexchange.keycloak.descriptor;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The language of descriptors as a JSON Schema (draft 2020-12), from the records that it is read into. */
final class DescriptorSchema {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

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

    /** The records of the language, the whole first. */
    static Stream<Class<?>> records() {
        return Stream.of(
                Descriptor.class,
                Descriptor.OAuth2.class,
                Descriptor.IdToken.class,
                ClaimRules.class,
                Descriptor.AccessToken.class,
                Binding.class,
                CallTemplate.class,
                CodeRules.class,
                IdentityPointers.class,
                IdentityPointers.EmailList.class,
                Temporary.class);
    }

    private ObjectNode object(Class<?> type) {
        ObjectNode object = ofType("object").put("additionalProperties", false);
        ArrayNode required = NODES.arrayNode();
        ObjectNode properties = object.putObject("properties");
        for (RecordComponent component : type.getRecordComponents()) {
            Key key = component.getAnnotation(Key.class);
            if (key == null) {
                throw new IllegalStateException(type.getSimpleName() + '.' + component.getName() + " has no @Key");
            }
            JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
            ObjectNode value = value(component.getGenericType(), format != null);
            properties.set(component.getName(), described(value, key.value()));
            if (key.required()) {
                required.add(component.getName());
            }
        }
        if (!required.isEmpty()) {
            object.set("required", required);
        }
        return object;
    }

    /** What stands beside a reference replaces nothing (2020-12). */
    private static ObjectNode described(ObjectNode value, String text) {
        ObjectNode described = NODES.objectNode().put("description", text);
        described.setAll(value);
        return described;
    }

    /** @param single whether one value stands for a list of one */
    private ObjectNode value(Type type, boolean single) {
        if (VALUES.containsKey(type)) {
            return VALUES.get(type).get();
        }
        if (type instanceof ParameterizedType generic) {
            Class<?> raw = (Class<?>) generic.getRawType();
            if (Collection.class.isAssignableFrom(raw)) {
                ObjectNode entry = value(generic.getActualTypeArguments()[0], false);
                return single ? oneOrMore(entry) : listOf(entry);
            }
            Type entry = generic.getActualTypeArguments()[1];
            ObjectNode map = ofType("object");
            map.set("additionalProperties", entry == String.class ? text() : value(entry, single));
            return map;
        }
        Class<?> named = (Class<?>) type;
        if (named.isEnum()) {
            ObjectNode words = NODES.objectNode();
            ArrayNode all = words.putArray("enum");
            Arrays.stream(named.getFields())
                    .filter(Field::isEnumConstant)
                    .map(constant -> constant.getAnnotation(JsonProperty.class).value())
                    .forEach(all::add);
            return words;
        }
        if (named != Descriptor.class && !definitions.containsKey(named.getSimpleName())) {
            definitions.put(named.getSimpleName(), NODES.objectNode()); // it may refer to itself
            definitions.put(named.getSimpleName(), object(named));
        }
        return NODES.objectNode().put("$ref", "#/$defs/" + named.getSimpleName());
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
