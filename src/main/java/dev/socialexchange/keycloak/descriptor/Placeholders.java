package dev.socialexchange.keycloak.descriptor;

import java.util.Arrays;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words in braces, which stand for values. */
public final class Placeholders {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{(\\w+)}");

    private Placeholders() {}

    /** @param values by the word; {@code null} for one that is not known, which stays as it is */
    public static String fill(String template, Function<String, String> values) {
        return PLACEHOLDER.matcher(template).replaceAll(found -> {
            String value = values.apply(found.group(1));
            return Matcher.quoteReplacement(value == null ? found.group() : value);
        });
    }

    /** The words of a template. */
    static Stream<String> in(String template) {
        return PLACEHOLDER.matcher(template).results().map(word -> word.group(1));
    }

    /** A pattern of what a template may become, whose other characters stand for themselves. */
    public static Pattern pattern(String template, String value) {
        return Pattern.compile(Arrays.stream(PLACEHOLDER.split(template, -1))
                .map(Pattern::quote)
                .collect(Collectors.joining(value)));
    }
}
