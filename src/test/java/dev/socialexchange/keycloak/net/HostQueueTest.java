package dev.socialexchange.keycloak.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.net.HostQueue.Use;
import dev.socialexchange.keycloak.net.Outcome.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostQueueTest {
    private static final int PLACES = 32;
    private static final ShareLimits LIMITS = ShareLimits.ofHost(PLACES);
    private static final Duration DEADLINE = Duration.ofSeconds(5);

    /** Loading keys for the first time takes a while, and whoever comes meanwhile needs them. */
    @Test
    void whatIsLoadedForTheFirstTimeMayTakeASecondAndAllWait() {
        HostQueue queue = new HostQueue(ShareLimits.ofLoad(PLACES), caller -> Standing.EVERYBODY);
        List<Ticket> loading = fill(queue, Caller.EVERYBODY, 0);
        List<Ticket> waiting = fill(queue, Caller.EVERYBODY, 0);
        long loaded = Duration.ofMillis(990).toNanos();

        assertThat(waiting).allMatch(ticket -> queue.waitsUntil(ticket) > loaded);
        loading.forEach(ticket -> queue.leave(ticket, Use.ANSWERED, loaded));
        assertThat(waiting).allMatch(Ticket::holds);
        assertThat(fill(queue, Caller.EVERYBODY, loaded))
                .as("and as many again the next time")
                .allMatch(Ticket::waits);
    }

    @Test
    void aHostThatHasJustGivenUpIsNotWaitedForThoughPlacesHaveBecomeFree() {
        HostQueue queue = queue();
        Caller proven = caller("proven");
        List<Ticket> stuck = fill(queue, proven, 0);
        long later = DEADLINE.toNanos();
        stuck.forEach(ticket -> queue.leave(ticket, Use.UNANSWERED, later));
        fill(queue, proven, later);

        Ticket over = queue.enter(proven, later);

        assertThat(over.waits()).isFalse();
        assertThat(over.refusal()).isEqualTo(Cause.SHARE_EXHAUSTED);
    }

    @Test
    void whoIsSentAwayFromAHealthyHostIsNotToldThatItDoesNotAnswer() {
        HostQueue queue = queue();
        Caller proven = caller("proven");
        fill(queue, proven, 0);
        fill(queue, proven, 0); // these wait

        assertThat(queue.enter(proven, 1_000_000).refusal()).isEqualTo(Cause.BUSY_HERE);
    }

    @Test
    void aSuccessAtAFastHostOpensAllPlacesToWhoeverIsAlone() {
        HostQueue queue = queue();

        assertThat(fill(queue, caller("proven"), 0)).allMatch(Ticket::holds);
    }

    @Test
    void aCrowdThatWaitsMakesRoomForSomebodyElse() {
        HostQueue queue = queue();
        Caller crowd = caller("proven");
        fill(queue, crowd, 0);
        List<Ticket> waiting = fill(queue, crowd, 0);

        Ticket somebodyElse = queue.enter(caller("stranger"), 0);

        assertThat(somebodyElse.waits()).isTrue();
        assertThat(waiting.get(waiting.size() - 1).refusal())
                .as("who came last")
                .isEqualTo(Cause.BUSY_HERE);
        assertThat(waiting.subList(0, waiting.size() - 1)).allMatch(Ticket::waits);
    }

    @Test
    void thoseOfOneCallerAreServedInTheOrderOfTheirComing() {
        HostQueue queue = queue();
        Caller crowd = caller("proven");
        List<Ticket> holding = fill(queue, crowd, 0);
        List<Ticket> waiting = fill(queue, crowd, 0);

        for (int i = 0; i < PLACES; i++) {
            queue.leave(holding.get(i), Use.ANSWERED, i);
            assertThat(waiting.get(i).holds()).isTrue();
            assertThat(waiting.subList(i + 1, PLACES)).allMatch(Ticket::waits);
        }
    }

    private static HostQueue queue() {
        return new HostQueue(LIMITS, caller -> caller.network().equals("proven") ? Standing.PROVEN : Standing.UNKNOWN);
    }

    private static List<Ticket> fill(HostQueue queue, Caller caller, long now) {
        List<Ticket> tickets = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            tickets.add(queue.enter(caller, now));
        }
        return tickets;
    }

    private static Caller caller(String network) {
        return new Caller("realm", "client", network);
    }
}
