package dev.socialexchange.keycloak.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.chaos.ChaosRun;
import dev.socialexchange.keycloak.chaos.ChaosSettings;
import dev.socialexchange.keycloak.chaos.Mishap;
import dev.socialexchange.keycloak.it.support.NotInContainers;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short run of {@code make chaos}: a node dies and comes back, and the database restarts, while people go on. */
@WithOneKeycloak
@NotInContainers
class ChaosIT {
    private static final long SEED = 20261129;

    @Test
    void nobodyIsLostOrDoubledAndNothingIsUsedTwiceWhateverHappens() {
        ChaosSettings each = new ChaosSettings(List.of(Mishap.NODE_KILLED, Mishap.DATABASE_RESTARTED), SEED);

        assertThat(new ChaosRun(each, System.out).run("it-chaos")).isEmpty();
    }
}
