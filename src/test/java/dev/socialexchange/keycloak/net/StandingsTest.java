package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StandingsTest {
    private static final String HOST = "provider.example";

    private final AtomicLong clock = new AtomicLong();
    private final Standings standings = new Standings(clock::get);
    private final Caller somebody = caller("198.51.100.1");

    @Test
    void nobodyIsKnownAtFirst() {
        assertThat(standings.of(HOST, somebody)).isEqualTo(Standing.UNKNOWN);
        assertThat(standings.of(HOST, Caller.EVERYBODY)).isEqualTo(Standing.EVERYBODY);
    }

    @Test
    void oneSuccessCountsForAWhileAtThatHostOnly() {
        standings.accepted(HOST, somebody);

        assertThat(standings.of(HOST, somebody)).isEqualTo(Standing.PROVEN);
        assertThat(standings.of("other.example", somebody)).isEqualTo(Standing.UNKNOWN);
        assertThat(standings.of(HOST, new Caller("realm", "other-client", "198.51.100.1")))
                .isEqualTo(Standing.UNKNOWN);
        pass(Standings.SUCCESS_COUNTS);
        assertThat(standings.of(HOST, somebody)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void threeRefusalsInARowAreAFailureUntilTheLastIsAMinuteAgo() {
        refuse(2);
        assertThat(standings.of(HOST, somebody)).isEqualTo(Standing.UNKNOWN);
        refuse(1);
        assertThat(standings.of(HOST, somebody)).isEqualTo(Standing.FAILING);

        pass(Standings.REFUSAL_COUNTS);
        assertThat(standings.of(HOST, somebody)).isEqualTo(Standing.UNKNOWN);
        refuse(1);
        assertThat(standings.of(HOST, somebody)).as("counted anew").isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void aSuccessOutweighsSomeRefusalsButNotAFlood() {
        standings.accepted(HOST, somebody);
        refuse(7);
        assertThat(standings.of(HOST, somebody)).isEqualTo(Standing.PROVEN);
        refuse(1);
        assertThat(standings.of(HOST, somebody)).isEqualTo(Standing.FAILING);

        standings.accepted(HOST, somebody);
        assertThat(standings.of(HOST, somebody)).isEqualTo(Standing.PROVEN);
    }

    @Test
    void aMillionInventedAddressesTakeBoundedRoomAndPushNoSuccessOut() {
        standings.accepted(HOST, somebody);
        for (int i = 0; i < 1_000_000; i++) {
            standings.refused(HOST, caller("invented-" + i));
        }

        assertThat(standings.size()).isLessThanOrEqualTo(2 * Standings.CAPACITY);
        assertThat(standings.of(HOST, somebody)).isEqualTo(Standing.PROVEN);
    }

    private void refuse(int times) {
        for (int i = 0; i < times; i++) {
            standings.refused(HOST, somebody);
        }
    }

    private void pass(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    private static Caller caller(String network) {
        return new Caller("realm", "client", network);
    }
}
