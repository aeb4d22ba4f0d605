package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.NotInContainers;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.soak.SoakRun;
import dev.socialexchange.keycloak.soak.SoakSettings;
import org.junit.jupiter.api.Test;

/** A short run of {@code make soak}: what is left of each request, if anything is, is seen soon. */
@WithOneKeycloak
@NotInContainers
class SoakIT {
    private static final int SECONDS = 30;

    @Test
    void nothingGrowsBehindExchangesButWhatBelongsToNewPeople() {
        assertThat(new SoakRun(new SoakSettings(SECONDS), System.out).run("it-soak"))
                .isEmpty();
    }
}
