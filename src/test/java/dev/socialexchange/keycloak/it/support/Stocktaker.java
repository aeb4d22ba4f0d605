package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at the realm before and after every exchange, and every request to the other doors, that a test sends by itself: a
 * refusal leaves nothing behind, whatever the test is about. Servers without {@code com.example.thirdparty.Stocktaking} are not
 * looked at.
 */
final class Stocktaker {
    private static final Pattern WATCHED = Pattern.compile(
            "(.*/realms/[^/]+/)(protocol/openid-connect/token|social-exchange/(links/[^/]+|login/[^/]+|drop-in/.+|nonce))");

    private static final Set<String> WITHOUT = ConcurrentHashMap.newKeySet();
    private static final AtomicLong CHECKED = new AtomicLong();

    /** Less than a browser, whose requests are not counted here, takes for anything. */
    private static final long NOW_NANOS = Duration.ofMillis(20).toNanos();

    private static volatile Last last = new Last("", null, -1, 0);

    private Stocktaker() {}

    private record Last(String realm, Stock stock, long begun, long takenAt) {

        /** Whether nobody can have asked for anything since. */
        boolean isStillSo(String ofRealm) {
            return realm.equals(ofRealm) && begun == Http.begun() && System.nanoTime() - takenAt < NOW_NANOS;
        }
    }

    /**
     * Sends the request, and fails if it was refused and something came of it.
     *
     * @param exchange whether it is one of ours, where the token endpoint has others
     */
    static Answer watching(URI endpoint, boolean exchange, Supplier<Answer> request) {
        Matcher watched = WATCHED.matcher(endpoint.toString());
        if (!exchange || !watched.matches()) {
            return request.get();
        }
        String realm = watched.group(1);
        boolean quiet = !Http.busy();
        long start = Http.begun();
        Last known = last;
        boolean same = known.isStillSo(realm);
        Optional<Stock> before = same ? Optional.of(known.stock()) : take(realm);
        if (before.isEmpty()) {
            return request.get();
        }
        long begun = start + (same ? 0 : 1);
        Answer answer = request.get();
        boolean alone = quiet && Http.begun() == begun + 1; // else the difference is not this request's
        if (answer.status() >= 400 && alone) {
            Optional<Stock> after = take(realm);
            if (Http.begun() == begun + 2 && after.isPresent()) {
                last = new Last(realm, after.get(), begun + 2, System.nanoTime());
                assertNothingLeft(before.get(), after.get(), answer);
            }
        }
        return answer;
    }

    private static void assertNothingLeft(Stock before, Stock after, Answer answer) {
        CHECKED.incrementAndGet();
        List<String> residue = after.residue(
                before, answer.errorReason(), !answer.text("interaction_uri").isEmpty());
        if (!residue.isEmpty()) {
            throw new AssertionError("a refusal has left something behind: " + residue + " after " + answer.body());
        }
    }

    /** How many refusals this run has looked behind. */
    static long checked() {
        return CHECKED.get();
    }

    /** @param realm its address, with a slash at the end */
    static Optional<Stock> take(String realm) {
        if (WITHOUT.contains(realm)) {
            return Optional.empty();
        }
        Answer counts =
                RawRequest.to(URI.create(realm + "stocktaking")).method("GET").send();
        if (counts.status() != 200) {
            WITHOUT.add(realm);
            return Optional.empty();
        }
        return Optional.of(Stock.of(counts.json()));
    }
}
