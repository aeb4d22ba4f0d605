package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CapabilityMatrixTest {
    private static final Path PAGE = Path.of("docs/providers/README.md");

    /** {@code mvn test -Dtest=CapabilityMatrixTest -Dupdate.docs} writes it anew. */
    @Test
    void pageHoldsTheMatrixOfTheDescriptorsAsTheyAre() throws IOException {
        String page = Files.readString(PAGE);
        String fresh =
                GeneratedPart.replace(page, "from the descriptors", CapabilityMatrix.of(Catalogue.descriptors()));

        if (System.getProperty("update.docs") != null) {
            Files.writeString(PAGE, fresh);
        } else {
            assertThat(page)
                    .as("stale: mvn test -Dtest=CapabilityMatrixTest -Dupdate.docs")
                    .isEqualTo(fresh);
        }
    }
}
