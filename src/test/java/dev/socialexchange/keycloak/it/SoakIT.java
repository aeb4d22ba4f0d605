package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.soak.SoakRun;
import dev.socialexchange.keycloak.soak.SoakSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;

/** A short run of {@code make soak}: what is left of each request, if anything is, is seen soon. */
@DisabledIfSystemProperty(
        named = "keycloak.version",
        matches = "26\\.6\\..*",
        disabledReason = "one more server; it is tried with the newer Keycloak")
@DisabledIfSystemProperty(
        named = "it.keycloak",
        matches = "container",
        disabledReason = "the server's heap is read from its process")
class SoakIT {
    private static final int SECONDS = 30;

    @Test
    void nothingGrowsBehindExchangesButWhatBelongsToNewPeople() {
        assertThat(new SoakRun(new SoakSettings(SECONDS), System.out).run("it-soak"))
                .isEmpty();
    }
}
