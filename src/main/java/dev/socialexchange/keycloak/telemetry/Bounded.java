package dev.socialexchange.keycloak.telemetry;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets so many different values of a label be, first come, first served; whatever comes later is {@code other}. */
final class Bounded {
    static final String OTHER = "other";

    private final int most;
    private final AtomicInteger taken = new AtomicInteger();
    private final Set<String> values = ConcurrentHashMap.newKeySet();

    Bounded(int most) {
        this.most = most;
    }

    String value(String value) {
        if (values.contains(value)) {
            return value;
        }
        if (taken.get() >= most) {
            return OTHER; // without a lock, for whoever sends many
        }
        return admit(value);
    }

    private synchronized String admit(String value) {
        if (!values.contains(value)) {
            if (taken.get() >= most) {
                return OTHER;
            }
            values.add(value);
            taken.incrementAndGet();
        }
        return value;
    }
}
