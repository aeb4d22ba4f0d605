package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Once;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Does something once across the cluster, as far as it was done: what fails, or dies in between, may be tried again, and is remembered by
 * nobody. Whoever comes while somebody is at it does not hear that it is done, since it may still fail.
 *
 * @param key of what is done
 */
record TakenOnce(Once once, String key) {
    /** While somebody is at it; a node that dies leaves it behind for so long. */
    private static final int BUSY_SECONDS = 60;

    /** As long as providers try again, at least; what comes later is done once more, and changes nothing. */
    private static final int DONE_SECONDS = 24 * 60 * 60;

    /**
     * @param again whether it is done however often it was done before
     * @param work committed when it returns
     * @param remembered whether what came of it is to be remembered
     * @return empty if it was done before
     * @throws ExchangeException if somebody else is at it
     */
    <T> Optional<T> of(boolean again, Supplier<T> work, Predicate<T> remembered) {
        if (!again && once.contains(key)) {
            return Optional.empty();
        }
        Once.Claim busy = once.claim(key + ":busy", BUSY_SECONDS, BUSY_SECONDS)
                .orElseThrow(() -> ExchangeException.busy(ReceivedSignal.CONTENDED));
        try {
            T done = work.get();
            if (remembered.test(done)) {
                once.claim(key, DONE_SECONDS, DONE_SECONDS);
            }
            return Optional.of(done);
        } finally {
            busy.release();
        }
    }
}
