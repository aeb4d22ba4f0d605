package dev.socialexchange.keycloak.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.chaos.Timeline.Of;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimelineTest {
    private long now = TimeUnit.DAYS.toNanos(1);
    private final Timeline timeline = new Timeline(() -> now);

    @Test
    void lastTroubleIsToldFromTheBeginningOfTheMishap() {
        long begun = now;
        answered(Of.EXCHANGES, 1, Trouble.BUSY);
        answered(Of.EXCHANGES, 2, Trouble.LOST);
        answered(Of.EXCHANGES, 1, null);
        answered(Of.PASSWORDS, 1, Trouble.KEYCLOAK);

        Timeline.Summary summary = timeline.between(Of.EXCHANGES, begun, now);

        assertThat(summary.good()).isEqualTo(1);
        assertThat(summary.troubles()).isEqualTo(Map.of(Trouble.BUSY, 1, Trouble.LOST, 1));
        assertThat(summary.lastTrouble()).isEqualTo(Optional.of(TimeUnit.SECONDS.toNanos(3)));
        assertThat(summary.slowestNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void isCalmOnlyWhenEverybodyHasBeenWellForAWhileAndNobodyWaits() {
        everybodyIsWell();
        assertThat(timeline.isCalm()).isTrue();

        answered(Of.PASSWORDS, 1, Trouble.KEYCLOAK);
        everybodyIsWell();
        assertThat(timeline.isCalm()).as("too soon").isFalse();

        now += TimeUnit.SECONDS.toNanos(10);
        assertThat(timeline.isCalm()).as("nobody has come").isFalse();

        Timeline.Request waiting = timeline.begin(Of.EXCHANGES);
        now += TimeUnit.SECONDS.toNanos(5);
        everybodyIsWell();
        assertThat(timeline.isCalm()).as("somebody waits").isFalse();
        waiting.ends(null);
        assertThat(timeline.isCalm()).isTrue();
    }

    private void everybodyIsWell() {
        for (Of of : Of.values()) {
            for (int times = 0; times < 3; times++) {
                answered(of, 0, null);
            }
        }
    }

    private void answered(Of of, int seconds, Trouble trouble) {
        Timeline.Request request = timeline.begin(of);
        now += TimeUnit.SECONDS.toNanos(seconds);
        request.ends(trouble);
    }
}
