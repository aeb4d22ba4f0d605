package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How much there is in a realm.
 *
 * @param counts by what is counted
 */
record Stock(Map<String, Long> counts) {
    /** Refusals of a login that has succeeded so far: the user stays (docs/exchange.md, "Errors"). */
    private static final Set<String> USER_STAYS = Set.of(
            "verify_email",
            "profile_incomplete",
            "second_factor",
            "consent",
            "required_action",
            "audience_invalid",
            "scope_invalid");

    private static final Set<String> OF_A_USER_WHO_STAYS = Set.of(
            "users",
            "letters of users",
            "enabled users",
            "verified addresses",
            "links",
            "letters of links",
            "links of other storages",
            "attributes",
            "roles",
            "groups",
            "required actions");

    /** These end by themselves, also while a test is running. */
    private static final Set<String> EXPIRING =
            Set.of("sessions", "offline sessions", "client sessions", "authentication sessions", "single-use objects");

    private static final String EVENT = "event ";
    private static final String SINGLE_USE = "single-use objects";

    static Stock of(JsonNode counts) {
        Map<String, Long> read = new TreeMap<>();
        counts.properties()
                .forEach(count -> read.put(count.getKey(), count.getValue().asLong()));
        return new Stock(read);
    }

    /**
     * What a refused request has left here, or taken away, though it must not.
     *
     * @param before the same realm's, before the request
     * @param linked whether the answer carries a link to go on with, which is kept until it is used
     */
    List<String> residue(Stock before, String reason, boolean linked) {
        List<String> residue = new ArrayList<>();
        Set<String> names = new TreeSet<>(counts.keySet());
        names.addAll(before.counts.keySet());
        for (String name : names) {
            long change = change(before, name);
            if (!isAllowed(name, change, reason, linked)) {
                residue.add("%s %+d".formatted(name, change));
            }
        }
        if (change(before, "users") > change(before, "links")) {
            residue.add("a user without a link");
        }
        return residue;
    }

    /** What differs, sessions and the like that have ended meanwhile left out. */
    List<String> changes(Stock before) {
        Set<String> names = new TreeSet<>(counts.keySet());
        names.addAll(before.counts.keySet());
        return names.stream()
                .filter(name -> change(before, name) != 0)
                .filter(name -> !EXPIRING.contains(name) || change(before, name) > 0)
                .map(name -> "%s %+d".formatted(name, change(before, name)))
                .toList();
    }

    private long change(Stock before, String name) {
        return counts.getOrDefault(name, 0L) - before.counts.getOrDefault(name, 0L);
    }

    private static boolean isAllowed(String name, long change, String reason, boolean linked) {
        boolean stays = USER_STAYS.contains(reason);
        if (name.startsWith(EVENT)) {
            boolean error = name.endsWith("_ERROR");
            return change == 0 || change == 1 && (stays || error);
        }
        if (name.equals(SINGLE_USE)) {
            // a provider that is down is not asked again for a moment
            int kept = (linked ? 1 : 0) + (reason.equals("provider_unavailable") ? 1 : 0);
            return change <= kept;
        }
        if (EXPIRING.contains(name)) {
            return change <= 0;
        }
        boolean ofOne = change == 1 || !name.equals("users") && !name.equals("links");
        return change == 0 || stays && OF_A_USER_WHO_STAYS.contains(name) && ofOne;
    }
}
