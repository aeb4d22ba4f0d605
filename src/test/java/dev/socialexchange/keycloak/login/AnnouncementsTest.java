package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Once;
import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whether a login can miss what is said about its user. */
class AnnouncementsTest {
    private static final Duration MOMENT = Duration.ofSeconds(1);

    private Instant now = Instant.ofEpochSecond(1_200_000);
    private final Once once = new OfflineKeycloak().at(() -> now).once();
    private final Announcements announcements = new Announcements(once, () -> now.getEpochSecond());

    /** @param at when it is announced, in a piece of time that lasts 120 seconds */
    @ParameterizedTest
    @CsvSource({"0, 0", "0, 119", "0, 120", "1, 120", "60, 120", "119, 1", "119, 2", "119, 120", "60, -30", "0, -5"})
    void whatWasAnnouncedIsSeenForTwoMinutesAndByNodesWhoseClocksAreLate(int at, int later) {
        now = now.plusSeconds(at);
        announcements.make("ada");
        now = now.plusSeconds(later);

        assertThat(announcements.none("ada", MOMENT)).isFalse();
        assertThat(announcements.none("bob", MOMENT)).isTrue();
    }

    @Test
    void whatIsAnnouncedAgainIsSeenForAsLongAgain() {
        announcements.make("ada");
        now = now.plusSeconds(119);
        announcements.make("ada");
        now = now.plusSeconds(120);

        assertThat(announcements.none("ada", MOMENT)).isFalse();
    }

    @Test
    void itIsForgottenWhenNoLoginCanHaveMissedIt() {
        announcements.make("ada");
        now = now.plusSeconds(3 * Announcements.SECONDS);

        assertThat(announcements.none("ada", MOMENT)).isTrue();
    }

    @Test
    void loginThatTakesLongLooksItself() {
        assertThat(announcements.none("ada", Duration.ofSeconds(Announcements.SECONDS)))
                .isFalse();
    }

    /** A signal waits; a login looks at the database. */
    @Test
    void whereNobodyKnowsNothingIsTakenForGranted() {
        Once silent = RealTypes.fake(
                Once.class,
                Map.of(
                        "contains",
                        arguments -> {
                            throw ExchangeException.busy("cluster_store");
                        },
                        "claim",
                        arguments -> {
                            throw ExchangeException.busy("cluster_store");
                        }));
        Announcements unheard = new Announcements(silent, () -> 0);

        assertThat(unheard.none("ada", MOMENT)).isFalse();
        assertThatThrownBy(() -> unheard.make("ada")).isInstanceOf(ExchangeException.class);
    }
}
