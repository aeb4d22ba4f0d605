package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code docs/providers/live.md}: which types the provider's own service has proven tokens of, as users have seen it. */
public record LiveProofs(List<Row> rows) {
    private static final String HEAD =
            "| identity provider type | kinds of token | day | extension | Keycloak | outcome |\n|---|---|---|---|---|---|\n";

    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9-]+)` "
            + "\\| ((?:id_token|access_token|jwt|authorization_code|signed_data)(?:, (?:[a-z_]+))*) "
            + "\\| (\\d{4}-\\d{2}-\\d{2}) "
            + "\\| [A-Za-z0-9._-]+ \\| [A-Za-z0-9._-]+ "
            + "\\| (?:(?:tokens|proven, then `[a-z_]+`); )+check (?:ok|unknown|warning|refused|skipped) \\|");

    /** @throws AssertionError if a line of the table is not as the doctor's command writes it */
    public static LiveProofs in(String page, Set<String> types) {
        assertThat(page).as("docs/providers/live.md").contains(HEAD);
        List<Row> rows = new ArrayList<>();
        page.substring(page.indexOf(HEAD) + HEAD.length()).lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            assertThat(row.matches())
                    .as("a row of the doctor's command: %s", line)
                    .isTrue();
            assertThat(types).as("types of this project").contains(row.group(1));
            rows.add(new Row(row.group(1), row.group(2), LocalDate.parse(row.group(3))));
        });
        return new LiveProofs(rows);
    }

    /** The cell of the type's row in the list of providers. */
    String verifiedAgainst(String type) {
        return rows.stream()
                .filter(row -> row.type().equals(type))
                .max(Comparator.comparing(Row::day))
                .map(row -> "[live](live.md), %s: %s".formatted(row.day(), row.kinds()))
                .orElse("simulator");
    }

    /** @param kinds with commas in between */
    public record Row(String type, String kinds, LocalDate day) {}
}
