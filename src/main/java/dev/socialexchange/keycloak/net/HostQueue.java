package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.net.Outcome.Cause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Who has a place at one host and who waits for one. Plain state without threads, which {@link HostShares} guards; times are
 * nanoseconds.
 */
final class HostQueue {
    /** However much the host moves. */
    static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    /** What came of a place. */
    enum Use {
        ANSWERED,
        UNANSWERED,
        NOT_CALLED
    }

    private final ShareLimits limits;
    private final Function<Caller, Standing> standings;
    private final Pace pace;
    private final Map<Caller, Integer> held = new HashMap<>();
    private final List<Ticket> waiting = new ArrayList<>(); // in the order of their coming
    private int holders;

    HostQueue(ShareLimits limits, Function<Caller, Standing> standings) {
        this.limits = limits;
        this.standings = standings;
        this.pace = new Pace(limits);
    }

    /** A ticket that has its place, is sent away, or waits until one of the methods below decides about it. */
    Ticket enter(Caller caller, long now) {
        Ticket ticket = new Ticket(caller, now);
        waiting.add(ticket);
        admit(now);
        if (ticket.waits() && (!pace.moves(isInFront(ticket), now) || isOneTooMany(ticket.caller()))) {
            refuse(ticket, now);
        }
        if (!waiting.isEmpty() && holders + waiting.size() > limits.holders() + pace.room()) {
            refuse(leastWelcome(), now);
        }
        return ticket;
    }

    private boolean isOneTooMany(Caller caller) {
        return present(caller) > limits.present(standings.apply(caller));
    }

    /** Of those who wait: with the worst standing, then of the largest crowd, then who came last. */
    private Ticket leastWelcome() {
        Map<Caller, Integer> present = new HashMap<>(held);
        waiting.forEach(ticket -> present.merge(ticket.caller(), 1, Integer::sum));
        int unknown = present.entrySet().stream()
                .filter(entry -> standings.apply(entry.getKey()) == Standing.UNKNOWN)
                .mapToInt(Map.Entry::getValue)
                .sum();
        boolean open = unknown <= limits.openToStrangers();
        return waiting.stream()
                .max(Comparator.comparing((Ticket ticket) -> welcome(ticket.caller(), open))
                        .thenComparing(ticket -> present.get(ticket.caller()))
                        .thenComparing(waiting::indexOf))
                .orElseThrow();
    }

    /** A few strangers are as welcome as those who have had a success. */
    private Standing welcome(Caller caller, boolean open) {
        Standing standing = standings.apply(caller);
        return open && standing == Standing.UNKNOWN ? Standing.PROVEN : standing;
    }

    void leave(Ticket ticket, Use use, long now) {
        held.computeIfPresent(ticket.caller(), (ignored, places) -> places == 1 ? null : places - 1);
        holders--;
        switch (use) {
            case ANSWERED -> pace.answered(ticket.taken(), now);
            case UNANSWERED -> pace.unanswered();
            case NOT_CALLED -> {
                // says nothing of the host
            }
        }
        admit(now);
    }

    /** Until when a ticket waits as things stand; later if the host moves on meanwhile. */
    long waitsUntil(Ticket ticket) {
        long longest = ticket.entered() + LONGEST_WAIT.toNanos();
        long quiet = pace.quietUntil(isInFront(ticket));
        return quiet - longest < 0 ? quiet : longest;
    }

    /** Its time is up, unless it was decided meanwhile. */
    void giveUp(Ticket ticket, long now) {
        if (ticket.waits()) {
            refuse(ticket, now);
        }
    }

    /** A caller's standing has changed. */
    void review(Caller caller, long now) {
        admit(now);
        int tooMany = present(caller) - limits.present(standings.apply(caller));
        for (int i = waiting.size() - 1; i >= 0 && tooMany > 0; i--) {
            if (waiting.get(i).caller().equals(caller)) {
                refuse(waiting.get(i), now);
                tooMany--;
            }
        }
    }

    boolean isIdle() {
        return holders == 0 && waiting.isEmpty();
    }

    private void refuse(Ticket ticket, long now) {
        boolean moves = pace.moves(isInFront(ticket), now);
        waiting.remove(ticket);
        ticket.refuse(moves ? Cause.BUSY_HERE : Cause.SHARE_EXHAUSTED);
    }

    private boolean isInFront(Ticket ticket) {
        return holders + waiting.indexOf(ticket) < limits.inFront();
    }

    private void admit(long now) {
        for (Optional<Ticket> next = next(); next.isPresent(); next = next()) {
            Ticket ticket = next.get();
            waiting.remove(ticket);
            held.merge(ticket.caller(), 1, Integer::sum);
            holders++;
            pace.taken(now);
            ticket.admit(now);
        }
    }

    private Optional<Ticket> next() {
        if (holders == limits.holders() || waiting.isEmpty()) {
            return Optional.empty();
        }
        int strangers = heldBy(Standing::isStranger);
        int failing = heldBy(Standing.FAILING::equals);
        Map<Caller, Ticket> first = new LinkedHashMap<>();
        waiting.forEach(ticket -> first.putIfAbsent(ticket.caller(), ticket));
        return first.values().stream()
                .filter(ticket -> mayHold(ticket.caller(), strangers, failing))
                .min(Comparator.comparing((Ticket ticket) -> rank(ticket.caller(), strangers, failing))
                        .thenComparing(ticket -> heldBy(ticket.caller()))); // stable: then who came first
    }

    private boolean mayHold(Caller caller, int strangers, int failing) {
        Standing standing = standings.apply(caller);
        return heldBy(caller) < limits.each(standing, pace.brisk())
                && (!standing.isStranger() || strangers < limits.strangers())
                && (standing != Standing.FAILING || failing < limits.failing());
    }

    /** Recent success comes first; but nobody is put last for ever. */
    private int rank(Caller caller, int strangers, int failing) {
        boolean open = strangers < limits.openToStrangers();
        return switch (standings.apply(caller)) {
            case EVERYBODY -> 0;
            case PROVEN -> 1;
            case UNKNOWN -> open ? 1 : 2;
            case FAILING -> open && failing == 0 ? 1 : 3;
        };
    }

    private int heldBy(Predicate<Standing> whose) {
        return held.entrySet().stream()
                .filter(entry -> whose.test(standings.apply(entry.getKey())))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    private int heldBy(Caller caller) {
        return held.getOrDefault(caller, 0);
    }

    private int present(Caller caller) {
        return heldBy(caller)
                + (int) waiting.stream()
                        .filter(ticket -> ticket.caller().equals(caller))
                        .count();
    }
}
