package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.Journal;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.doctor.Step.CallMade;
import dev.socialexchange.keycloak.doctor.Step.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The journal of one rehearsal. Written by the request's thread; calls are told by others as well. */
final class Timeline implements Journal {
    private static final int LONGEST = 400;

    private final LongSupplier nanoTime;
    private final boolean showsPeople;
    private final List<Entry> entries = new ArrayList<>();
    /** The one that calls are for. */
    private volatile Entry current;

    /** @param showsPeople whether the reader may see who somebody is */
    Timeline(LongSupplier nanoTime, boolean showsPeople) {
        this.nanoTime = nanoTime;
        this.showsPeople = showsPeople;
    }

    @Override
    public void look(Look at, Supplier<?> expected, Supplier<?> found) {
        end();
        current = new Entry(at, text(at, expected.get()), text(at, found.get()), nanoTime.getAsLong());
        entries.add(current);
    }

    private String text(Look at, Object value) {
        if (value == null) {
            return null;
        }
        if (at.isPersonal() && !showsPeople) {
            return ShownClaims.HIDDEN;
        }
        String text = value instanceof Iterable<?> many ? join(many) : value.toString();
        return text.length() > LONGEST ? text.substring(0, LONGEST) + '…' : text;
    }

    private static String join(Iterable<?> many) {
        StringBuilder joined = new StringBuilder();
        many.forEach(one -> joined.append(joined.isEmpty() ? "" : ", ").append(one));
        return joined.toString();
    }

    @Override
    public void called(String host, String outcome, long nanos) {
        Entry about = current;
        if (about != null) {
            about.calls.add(new CallMade(host, outcome, Finding.millis(nanos)));
        }
    }

    private void end() {
        if (current != null) {
            current.took = nanoTime.getAsLong() - current.begun;
        }
    }

    /**
     * All steps, once the rehearsal is over.
     *
     * @param refused whether the last of them has refused it
     */
    List<Step> steps(Phrases phrases, boolean refused, Remedy remedy) {
        end();
        Entry last = refused ? current : null;
        return entries.stream()
                .map(entry -> entry.step(phrases, entry == last ? Objects.requireNonNull(remedy) : null))
                .toList();
    }

    private static final class Entry {
        private final Look at;
        private final String expected;
        private final String found;
        private final long begun;
        private final List<CallMade> calls = new CopyOnWriteArrayList<>();
        private long took;

        Entry(Look at, String expected, String found, long begun) {
            this.at = at;
            this.expected = expected;
            this.found = found;
            this.begun = begun;
        }

        Step step(Phrases phrases, Remedy remedy) {
            return new Step(
                    at.code(),
                    phrases.title(at.code()),
                    remedy == null ? Verdict.OK : Verdict.REFUSED,
                    expected,
                    found,
                    remedy == null ? null : remedy.setting(),
                    remedy == null ? null : remedy.advice(),
                    Finding.millis(took),
                    List.copyOf(calls));
        }
    }
}
