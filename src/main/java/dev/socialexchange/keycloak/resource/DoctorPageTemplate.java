package dev.socialexchange.keycloak.resource;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A page with gaps: {@code {{name}}} for a value, {@code {{word:key}}} for a word in the reader's language. Whatever is put in is text,
 * and never becomes a tag or an attribute.
 */
final class DoctorPageTemplate {
    private static final Pattern GAP = Pattern.compile("\\{\\{([a-zA-Z:._-]+)}}");
    private static final String WORD = "word:";
    private static final Map<Character, String> ESCAPED =
            Map.of('&', "&amp;", '<', "&lt;", '>', "&gt;", '"', "&quot;", '\'', "&#39;");

    private final String text;

    DoctorPageTemplate(String name) {
        text = DoctorPageFiles.template(name);
    }

    String with(String language, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.put("language", language);
        DoctorPageFiles.words(language).forEach((key, word) -> all.put(WORD + key, word));
        return GAP.matcher(text)
                .replaceAll(gap -> Matcher.quoteReplacement(
                        escaped(Objects.requireNonNull(all.get(gap.group(1)), () -> "nothing for " + gap.group()))));
    }

    static String escaped(String value) {
        StringBuilder escaped = new StringBuilder();
        value.chars()
                .mapToObj(character -> (char) character)
                .forEach(character -> escaped.append(ESCAPED.getOrDefault(character, character.toString())));
        return escaped.toString();
    }
}
