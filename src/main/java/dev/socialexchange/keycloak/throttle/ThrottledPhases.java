package dev.socialexchange.keycloak.throttle;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Which addresses are throttled now, and how often: an attack is told when it begins and when it is over, and not in between. */
final class ThrottledPhases<K> {
    private final Map<K, Long> refusals = new LinkedHashMap<>();
    private final int capacity;

    /**
     * What is over.
     *
     * @param refusals how many requests were turned away
     */
    record Phase<K>(K key, long refusals) {}

    /** @param capacity of phases at the same time; of what is more nobody is told */
    ThrottledPhases(int capacity) {
        this.capacity = capacity;
    }

    /** @return whether a phase begins with it that is to be told */
    synchronized boolean refused(K key) {
        Long before = refusals.get(key);
        if (before == null && refusals.size() >= capacity) {
            return false;
        }
        refusals.put(key, before == null ? 1 : before + 1);
        return before == null;
    }

    /** Takes those of a realm, or whatever else is asked for, that are over. */
    synchronized List<Phase<K>> over(Predicate<K> isOver) {
        if (refusals.isEmpty()) {
            return List.of();
        }
        List<Phase<K>> over = new ArrayList<>();
        Iterator<Map.Entry<K, Long>> each = refusals.entrySet().iterator();
        while (each.hasNext()) {
            Map.Entry<K, Long> entry = each.next();
            if (isOver.test(entry.getKey())) {
                over.add(new Phase<>(entry.getKey(), entry.getValue()));
                each.remove();
            }
        }
        return over;
    }
}
