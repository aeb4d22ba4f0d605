package dev.socialexchange.keycloak.importer;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Rows as RFC 4180 has them, of which a spreadsheet takes nothing for a formula: ids are whatever an export, and so somebody else, has written. */
final class Csv {
    /** What begins one, whatever cannot be seen before it; a tab or a line's end at the beginning moves the rest to where one begins. East Asian spreadsheets know wide signs, too. */
    private static final Pattern FORMULA =
            Pattern.compile("(?s)(\\p{Cntrl}|[\\p{Z}\\p{C}]*[-=+@\uFF0D\uFF1D\uFF0B\uFF20]).*");

    private static final Pattern PLAIN = Pattern.compile("[\\w'.:|@=+-]*");

    private Csv() {}

    static String row(String... fields) {
        return Arrays.stream(fields).map(Csv::field).collect(Collectors.joining(","));
    }

    private static String field(String text) {
        String harmless = FORMULA.matcher(text).matches() ? "'" + text : text;
        return PLAIN.matcher(harmless).matches() ? harmless : '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
