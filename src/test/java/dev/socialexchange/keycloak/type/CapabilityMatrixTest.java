package dev.socialexchange.keycloak.type;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapabilityMatrixTest {
    private static final Path PAGE = Path.of("docs/providers/README.md");
    private static final String BEGIN = "<!-- begin: from the descriptors, see docs/development.md -->\n";
    private static final String END = "<!-- end -->";

    /** {@code mvn test -Dtest=CapabilityMatrixTest -Dupdate.docs} writes it anew. */
    @Test
    void pageHoldsTheMatrixOfTheDescriptorsAsTheyAre() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN);
        int end = page.indexOf(END, begin);
        assertThat(begin).as("the marker " + BEGIN).isNotNegative();
        assertThat(end).as("the marker " + END).isGreaterThan(begin);
        String fresh = page.substring(0, begin + BEGIN.length())
                + CapabilityMatrix.of(Conformance.types())
                + page.substring(end);

        if (System.getProperty("update.docs") != null) {
            Files.writeString(PAGE, fresh);
        } else {
            assertThat(page)
                    .as("stale: mvn test -Dtest=CapabilityMatrixTest -Dupdate.docs")
                    .isEqualTo(fresh);
        }
    }
}
