package dev.socialexchange.keycloak.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the documentation, the alerts and the dashboard say of families and labels is what there is. */
class MetricsDocumentationTest {
    private static final Pattern ROW =
            Pattern.compile("^\\| `(social_exchange_\\w+)` \\|([^|]*)\\|", Pattern.MULTILINE);
    private static final Pattern USED = Pattern.compile("social_exchange_\\w+");

    @Test
    void theTableHasEveryFamilyWithItsLabels() throws IOException {
        Map<String, String> documented = new TreeMap<>();
        Matcher rows = ROW.matcher(Files.readString(Path.of("docs/operations.md")));
        while (rows.find()) {
            documented.put(rows.group(1), rows.group(2).replace("`", "").strip());
        }

        assertThat(documented)
                .isEqualTo(new TreeMap<>(Arrays.stream(Family.values())
                        .collect(Collectors.toMap(Family::prometheus, family -> String.join(", ", family.labels())))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"operations/prometheus-rules.yml", "operations/grafana-dashboard.json"})
    void whatIsAskedForThereIs(String file) throws IOException {
        TreeSet<String> used = new TreeSet<>();
        USED.matcher(Files.readString(Path.of(file)))
                .results()
                .forEach(found -> used.add(found.group().replaceAll("_seconds_(count|sum|bucket)$", "_seconds")));

        assertThat(used)
                .isNotEmpty()
                .isSubsetOf(
                        Arrays.stream(Family.values()).map(Family::prometheus).toList());
    }
}
