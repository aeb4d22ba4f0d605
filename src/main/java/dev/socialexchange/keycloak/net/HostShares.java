package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.net.HostQueue.Use;
import dev.socialexchange.keycloak.net.Outcome.Cause;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * Divides the places at each host among those who ask, and lets them wait for one while the host answers. An exchange counts
 * once for a host, however many calls it makes there.
 */
final class HostShares {
    /** Hosts come from realm configuration. Those at which nobody is are forgotten, the longest unused first. */
    static final int CAPACITY = 1_000;

    private final ShareLimits limits;
    private final LongSupplier clock;
    private final Standings standings;
    private final Map<String, HostQueue> queues = new LinkedHashMap<>(16, 0.75f, true);

    /** @param clock nanoseconds, as {@link System#nanoTime()} */
    HostShares(ShareLimits limits, LongSupplier clock) {
        this.limits = limits;
        this.clock = clock;
        this.standings = new Standings(clock);
    }

    /** A place at all of these hosts, or none at any; never later than the deadline. */
    Share acquire(Collection<String> hosts, Caller caller, Deadline deadline) {
        List<Place> places = new ArrayList<>();
        Share share = new Share(places);
        for (String host : new TreeSet<>(hosts)) { // in one order, so that no two wait for each other
            Place place = enter(host, caller, deadline);
            if (!place.ticket().holds()) {
                share.close();
                return new Share(place.ticket().refusal(), host);
            }
            places.add(place);
        }
        return share;
    }

    private Place enter(String host, Caller caller, Deadline deadline) {
        Place place = enter(host, caller);
        while (place.ticket().waits()) {
            long left = left(place, deadline);
            if (left > 0) {
                await(place, left);
            }
        }
        return place;
    }

    private synchronized Place enter(String host, Caller caller) {
        HostQueue queue = queues.get(host);
        if (queue == null) {
            forgetUnused();
            queue = new HostQueue(limits, other -> standings.of(host, other));
            queues.put(host, queue);
        }
        return new Place(queue, queue.enter(caller, clock.getAsLong()));
    }

    private void forgetUnused() {
        Iterator<HostQueue> eldestFirst = queues.values().iterator();
        while (queues.size() >= CAPACITY && eldestFirst.hasNext()) {
            if (eldestFirst.next().isIdle()) {
                eldestFirst.remove();
            }
        }
    }

    /** Nanoseconds that the ticket may go on waiting; it is sent away if there are none. */
    private synchronized long left(Place place, Deadline deadline) {
        long now = clock.getAsLong();
        long left = Math.min(place.queue().waitsUntil(place.ticket()) - now, deadline.nanoTime() - now);
        if (left <= 0) {
            place.queue().giveUp(place.ticket(), now);
        }
        return left;
    }

    private void await(Place place, long nanos) {
        try {
            place.ticket().await(nanos);
        } catch (InterruptedException interrupted) {
            giveUp(place);
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void giveUp(Place place) {
        place.queue().giveUp(place.ticket(), clock.getAsLong());
    }

    private synchronized void leave(Place place, Use use) {
        place.queue().leave(place.ticket(), use, clock.getAsLong());
    }

    /** What came of a caller's token at a host. */
    synchronized void settle(String host, Caller caller, boolean accepted) {
        if (accepted) {
            standings.accepted(host, caller);
        } else {
            standings.refused(host, caller);
        }
        HostQueue queue = queues.get(host);
        if (queue != null) {
            queue.review(caller, clock.getAsLong());
        }
    }

    synchronized int size() {
        return queues.size();
    }

    private record Place(HostQueue queue, Ticket ticket) {}

    /** Held while calling. */
    final class Share implements AutoCloseable {
        private final List<Place> places;
        private final Cause refusal;
        private final String refusedBy;
        private Use use = Use.NOT_CALLED;

        private Share(List<Place> places) {
            this.places = places;
            this.refusal = null;
            this.refusedBy = null;
        }

        private Share(Cause refusal, String host) {
            this.places = new ArrayList<>();
            this.refusal = refusal;
            this.refusedBy = host;
        }

        boolean granted() {
            return refusal == null;
        }

        /** Why there is none; {@code null} if there is. */
        Cause refusal() {
            return refusal;
        }

        /** The host at which there is none; {@code null} if there is. */
        String refusedBy() {
            return refusedBy;
        }

        /** What came of it; of a share that was not used nothing is learned. */
        void used(boolean answered) {
            use = answered ? Use.ANSWERED : Use.UNANSWERED;
        }

        @Override
        public void close() {
            places.forEach(place -> leave(place, use));
            places.clear();
        }
    }
}
