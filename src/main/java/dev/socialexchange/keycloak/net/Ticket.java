package dev.socialexchange.keycloak.net;

import dev.socialexchange.keycloak.net.Outcome.Cause;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** One exchange at one host: it waits for a place, has it, or is sent away. Decided once, by {@link HostQueue}. */
final class Ticket {
    private final Caller caller;
    private final long entered;
    private final CountDownLatch decided = new CountDownLatch(1);
    private volatile long taken;
    private volatile Cause refusal;

    Ticket(Caller caller, long now) {
        this.caller = caller;
        this.entered = now;
    }

    Caller caller() {
        return caller;
    }

    /** When it came, in nanoseconds. */
    long entered() {
        return entered;
    }

    /** When it got its place, in nanoseconds. */
    long taken() {
        return taken;
    }

    boolean waits() {
        return decided.getCount() > 0;
    }

    boolean holds() {
        return !waits() && refusal == null;
    }

    /** Why it was sent away. */
    Cause refusal() {
        return refusal;
    }

    void admit(long now) {
        taken = now;
        decided.countDown();
    }

    void refuse(Cause cause) {
        refusal = cause;
        decided.countDown();
    }

    /** Returns at once if it was decided meanwhile, so that no decision is missed. */
    void await(long nanos) throws InterruptedException {
        decided.await(nanos, TimeUnit.NANOSECONDS);
    }
}
