package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Many callers at one host, in a time of their own. */
class HostFairnessTest {
    private static final int PLACES = 32;
    private static final ShareLimits LIMITS = ShareLimits.ofHost(PLACES);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final HostSimulation simulation = new HostSimulation(PLACES);

    @ParameterizedTest
    @CsvSource({"5, 64", "20, 64", "100, 33", "100, 50", "100, 64", "150, 64", "190, 64"})
    void aHealthyHostRefusesNobodyThoughManyComeAtOnceFromOneAddress(int millis, int connections) {
        HostSimulation.Crowd people =
                simulation.honest("198.51.100.1", Duration.ofMillis(millis)).connect(connections);

        simulation.run(Duration.ofSeconds(20));

        assertThat(people.sentAway()).isZero();
        assertThat(people.done()).isGreaterThan((int) (0.9 * 20_000 / millis * PLACES));
        assertThat(people.longestWait()).isLessThanOrEqualTo(Duration.ofMillis(2L * millis));
    }

    /** As many as the threads that a Keycloak has by default. */
    @ParameterizedTest
    @ValueSource(ints = {250, 320, 480})
    void norDoesASlowOneThatIsKnown(int millis) {
        Duration latency = Duration.ofMillis(millis);
        HostSimulation.Crowd people = simulation.honest("198.51.100.1", latency).connect(12);
        simulation.honest("198.51.100.2", latency).connect(4);
        simulation.run(Duration.ofSeconds(2));

        people.connect(34);
        simulation.run(Duration.ofSeconds(20));

        assertThat(people.sentAway()).isZero();
    }

    @Test
    void theSlowerAHostTheFewerWaitForIt() {
        HostSimulation.Crowd people =
                simulation.honest("198.51.100.1", Duration.ofSeconds(2)).connect(1);
        simulation.run(Duration.ofSeconds(3));
        people.connect(100);

        simulation.run(Duration.ofSeconds(10));

        assertThat(simulation.mostPresent()).isLessThanOrEqualTo(PLACES * 5 / 4 + 1);
    }

    @Test
    void noMoreThanTwiceThePlacesAreEverPresent() {
        for (int i = 0; i < 200; i++) {
            simulation.honest("198.51.100." + i, Duration.ofMillis(100)).connect(5);
        }

        simulation.run(Duration.ofSeconds(2));

        assertThat(simulation.mostPresent()).isLessThanOrEqualTo(2 * PLACES + 1); // who is just being sent away
    }

    @Test
    void aStuckHostIsWaitedForOnceAndShortly() {
        HostSimulation.Crowd people = simulation.stuck("198.51.100.1", DEADLINE).connect(64);
        simulation.run(LIMITS.patience());
        assertThat(simulation.present())
                .as("fewer than Keycloak's 50 request threads")
                .isLessThanOrEqualTo(42);
        simulation.run(LIMITS.patienceInFront().minus(LIMITS.patience()));

        assertThat(simulation.present()).isLessThanOrEqualTo(PLACES);
        int sentAway = people.sentAway();
        simulation.run(Duration.ofSeconds(4));
        assertThat(simulation.present()).isLessThanOrEqualTo(PLACES);
        assertThat(people.sentAway()).as("at once").isGreaterThan(sentAway + 1000);

        simulation.run(Duration.ofSeconds(60));
        assertThat(simulation.present()).isLessThanOrEqualTo(PLACES);
    }

    @Test
    void aFloodOfGarbageLeavesOthersTheirPlaces() {
        Duration latency = Duration.ofMillis(300);
        HostSimulation.Crowd garbage =
                simulation.garbage("203.0.113.66", latency).connect(48);
        HostSimulation.Crowd firstTimer =
                simulation.honest("198.51.100.1", latency).connect(Duration.ofMillis(1));
        HostSimulation.Crowd another =
                simulation.honest("198.51.100.2", latency).connect(Duration.ofSeconds(5));

        simulation.run(Duration.ofSeconds(60));

        assertThat(firstTimer.sentAway()).isZero();
        assertThat(firstTimer.longestWait()).isZero();
        assertThat(another.sentAway()).isZero();
        assertThat(garbage.done())
                .as("calls at the provider: two at a time after the first round")
                .isLessThanOrEqualTo(16 + 2 * 200 + 2);
        assertThat(garbage.sentAway()).isPositive();
    }

    @Test
    void whoFloodsHoldsFewRequestThreads() {
        simulation.garbage("203.0.113.66", Duration.ofMillis(300)).connect(48);
        simulation.run(Duration.ofSeconds(1));

        for (int i = 0; i < 100; i++) {
            simulation.run(Duration.ofMillis(37));
            assertThat(simulation.present()).isLessThanOrEqualTo(PLACES / 4);
        }
    }

    @Test
    void aFloodFromManyAddressesLeavesPlacesToThoseWhoHaveHadASuccess() {
        Duration latency = Duration.ofMillis(300);
        HostSimulation.Crowd known = simulation.honest("198.51.100.1", latency).connect(1);
        simulation.run(Duration.ofSeconds(1));
        List<HostSimulation.Crowd> flood = IntStream.range(0, 200)
                .mapToObj(i -> simulation.garbage("203.0.113." + i, latency).connect(1))
                .toList();
        known.connect(7);

        simulation.run(Duration.ofSeconds(10));

        assertThat(known.sentAway()).isZero();
        assertThat(known.longestWait()).isZero();
        assertThat(flood.stream().mapToInt(HostSimulation.Crowd::done).sum())
                .as("calls: strangers' places while they are unknown, a quarter of all when they have failed")
                .isLessThanOrEqualTo(3 * 200 + 34 * PLACES / 4);
    }

    /** Who has an account of their own can have a success whenever they like. */
    @Test
    void aSuccessOpensASlowHostToNobodyAlone() {
        HostSimulation.Crowd greedy =
                simulation.honest("203.0.113.66", Duration.ofSeconds(2)).connect(1);
        simulation.run(Duration.ofSeconds(3));
        greedy.connect(100);
        simulation.run(Duration.ofSeconds(10));
        HostSimulation.Crowd newcomer =
                simulation.honest("198.51.100.1", Duration.ofSeconds(2)).connect(4);

        simulation.run(Duration.ofSeconds(10));

        assertThat(newcomer.longestWait()).isZero();
        assertThat(newcomer.sentAway()).isZero();
    }

    @Test
    void strangersAreNotStarvedByThoseWhoHaveHadASuccess() {
        HostSimulation.Crowd known =
                simulation.honest("198.51.100.1", Duration.ofMillis(100)).connect(1);
        simulation.run(Duration.ofSeconds(1));
        known.connect(49);
        HostSimulation.Crowd stranger =
                simulation.garbage("203.0.113.1", Duration.ofMillis(100)).connect(Duration.ofMillis(500));

        simulation.run(Duration.ofSeconds(30));

        assertThat(stranger.sentAway()).isZero();
        assertThat(stranger.done()).as("though always refused, one at a time").isGreaterThan(100);
        assertThat(known.sentAway()).isZero();
    }

    @Test
    void evenOnePlaceServesEverybodyInTurn() {
        HostSimulation single = new HostSimulation(1);
        List<HostSimulation.Crowd> crowds = List.of(
                single.honest("a", Duration.ofMillis(10)).connect(1),
                single.honest("b", Duration.ofMillis(10)).connect(1));

        single.run(Duration.ofSeconds(10));

        assertThat(crowds).allSatisfy(crowd -> assertThat(crowd.done()).isGreaterThan(400));
    }
}
