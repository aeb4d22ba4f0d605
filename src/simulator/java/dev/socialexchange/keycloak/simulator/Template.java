package dev.socialexchange.keycloak.simulator;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills {@code {placeholders}} in the texts of a document. A text that is nothing but a placeholder becomes its value, a
 * number or null included; a field whose name ends in {@code ?} is left out if its value is null.
 */
final class Template {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private Template() {}

    static Object fill(Object template, Map<String, Object> values) {
        if (template instanceof Map<?, ?> object) {
            return object(object, values);
        }
        if (template instanceof List<?> list) {
            return list.stream().map(item -> fill(item, values)).toList();
        }
        return template instanceof String text ? text(text, values) : template;
    }

    static Map<String, Object> object(Map<?, ?> template, Map<String, Object> values) {
        Map<String, Object> filled = new LinkedHashMap<>();
        template.forEach((key, value) -> {
            String name = String.valueOf(key);
            boolean optional = name.endsWith("?");
            Object result = fill(value, values);
            if (!optional || result != null) {
                filled.put(optional ? name.substring(0, name.length() - 1) : name, result);
            }
        });
        return filled;
    }

    private static Object text(String text, Map<String, Object> values) {
        Matcher whole = PLACEHOLDER.matcher(text);
        if (whole.matches()) {
            return value(whole.group(1), values);
        }
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(value(found.group(1), values))));
    }

    private static Object value(String name, Map<String, Object> values) {
        if (!values.containsKey(name)) {
            throw new IllegalArgumentException("There is no value {" + name + "}");
        }
        return values.get(name);
    }
}
