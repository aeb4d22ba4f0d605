package dev.socialexchange.keycloak.signal;

import dev.socialexchange.keycloak.descriptor.BodySignature;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a signature is written down, beside what else is told with it.
 *
 * @param format with words in braces
 */
record SignatureFormat(String format) {

    /**
     * @param found what stands where the signature does
     * @return by the format's words
     */
    Map<String, String> read(String found) {
        StringBuilder pattern = new StringBuilder();
        Map<String, String> values = new LinkedHashMap<>();
        Matcher word = BodySignature.WORD.matcher(format);
        int from = 0;
        while (word.find()) {
            pattern.append(Pattern.quote(format.substring(from, word.start()))).append("([A-Za-z0-9+/=_-]{1,200})");
            values.put(word.group(1), "");
            from = word.end();
        }
        Matcher match =
                Pattern.compile(pattern + Pattern.quote(format.substring(from))).matcher(found);
        if (!match.matches()) {
            throw SignalRefusal.forged("signature_malformed");
        }
        int group = 1;
        for (Map.Entry<String, String> value : values.entrySet()) {
            value.setValue(match.group(group++));
        }
        return values;
    }
}
