package dev.socialexchange.keycloak.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.atomic.AtomicLong;

/** Many exchanges at one host, in a time of its own: hours pass in milliseconds. */
final class HostSimulation {
    static final String HOST = "provider.example";

    private final AtomicLong clock = new AtomicLong();
    private final Standings standings = new Standings(clock::get);
    private final HostQueue queue;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final List<Attempt> waiting = new ArrayList<>();
    private long number;
    private int present;
    private int mostPresent;

    HostSimulation(int places) {
        queue = new HostQueue(ShareLimits.ofHost(places), caller -> standings.of(HOST, caller));
    }

    /** Connections that each make one exchange after the other until the simulation ends. */
    final class Crowd {
        private final Caller caller;
        private final Duration latency;
        private final HostQueue.Use use;
        private final boolean good;
        private int done;
        private int sentAway;
        private long longestWait;

        private Crowd(Caller caller, Duration latency, HostQueue.Use use, boolean good) {
            this.caller = caller;
            this.latency = latency;
            this.use = use;
            this.good = good;
        }

        int done() {
            return done;
        }

        int sentAway() {
            return sentAway;
        }

        Duration longestWait() {
            return Duration.ofNanos(longestWait);
        }

        /** A new connection after so long. */
        Crowd connect(Duration after) {
            at(clock.get() + after.toNanos(), () -> attempt(this));
            return this;
        }

        Crowd connect(int connections) {
            for (int i = 0; i < connections; i++) {
                connect(Duration.ZERO);
            }
            return this;
        }
    }

    private record Attempt(Crowd crowd, Ticket ticket, long looksAgain) {}

    private record Event(long time, long number, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            return time != other.time ? Long.compare(time, other.time) : Long.compare(number, other.number);
        }
    }

    Crowd honest(String network, Duration latency) {
        return new Crowd(caller(network), latency, HostQueue.Use.ANSWERED, true);
    }

    Crowd garbage(String network, Duration latency) {
        return new Crowd(caller(network), latency, HostQueue.Use.ANSWERED, false);
    }

    /** The host never answers: each ends at its deadline. */
    Crowd stuck(String network, Duration deadline) {
        return new Crowd(caller(network), deadline, HostQueue.Use.UNANSWERED, false);
    }

    private static Caller caller(String network) {
        return new Caller("realm", "client", network);
    }

    void run(Duration time) {
        long end = clock.get() + time.toNanos();
        while (!events.isEmpty() && events.peek().time() <= end) {
            Event event = events.poll();
            clock.set(event.time());
            event.what().run();
            proceed();
        }
        clock.set(end);
    }

    /** How many held a place or waited for one, at most. */
    int mostPresent() {
        return mostPresent;
    }

    int present() {
        return present;
    }

    boolean isIdle() {
        return queue.isIdle();
    }

    private void at(long time, Runnable what) {
        events.add(new Event(time, number++, what));
    }

    private void attempt(Crowd crowd) {
        present++;
        waiting.add(new Attempt(crowd, queue.enter(crowd.caller, clock.get()), clock.get()));
    }

    /** Those about whom something has been decided go on; the others look again when their time is up. */
    private void proceed() {
        List<Attempt> all = new ArrayList<>(waiting);
        waiting.clear();
        for (Attempt attempt : all) {
            Ticket ticket = attempt.ticket();
            if (ticket.waits() && queue.waitsUntil(ticket) - clock.get() <= 0) {
                queue.giveUp(ticket, clock.get());
            }
            if (ticket.waits()) {
                waiting.add(attempt.looksAgain() > clock.get() ? attempt : lookAgain(attempt));
            } else if (ticket.holds()) {
                hold(attempt);
            } else {
                present--;
                attempt.crowd().sentAway++;
                attempt.crowd().connect(Duration.ofMillis(50));
            }
        }
        mostPresent = Math.max(mostPresent, present);
    }

    private Attempt lookAgain(Attempt attempt) {
        long time = queue.waitsUntil(attempt.ticket());
        at(time, () -> {});
        return new Attempt(attempt.crowd(), attempt.ticket(), time);
    }

    private void hold(Attempt attempt) {
        Crowd crowd = attempt.crowd();
        crowd.longestWait =
                Math.max(crowd.longestWait, clock.get() - attempt.ticket().entered());
        at(clock.get() + crowd.latency.toNanos(), () -> finish(attempt));
    }

    private void finish(Attempt attempt) {
        Crowd crowd = attempt.crowd();
        queue.leave(attempt.ticket(), crowd.use, clock.get());
        if (crowd.use == HostQueue.Use.ANSWERED) {
            if (crowd.good) {
                standings.accepted(HOST, crowd.caller);
            } else {
                standings.refused(HOST, crowd.caller);
            }
            queue.review(crowd.caller, clock.get());
        }
        present--;
        crowd.done++;
        crowd.connect(Duration.ZERO);
    }
}
