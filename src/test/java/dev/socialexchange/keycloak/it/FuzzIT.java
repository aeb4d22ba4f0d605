package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.fuzz.FuzzRun;
import dev.socialexchange.keycloak.fuzz.FuzzSettings;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short run of {@code make fuzz}: every answer is the contract's, nothing is left behind, and others notice nothing. */
@OlderKeycloakOnDemand
class FuzzIT {
    private static final int REQUESTS = 250;
    private static final long SEED = 20261128;

    @Test
    void everyAnswerIsTheContractsWhateverIsAsked() {
        List<String> findings = new FuzzRun(FuzzSettings.fromSystemProperties(REQUESTS, SEED), System.out).run();

        assertThat(findings).isEmpty();
    }
}
