package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Set;

/** Accounts that two people of an export have: nobody can tell whose they are, so both are left. A few bytes for each account. */
final class Twice {
    private static final long SEED = 1125899906842597L;

    private final Set<Long> seen = new HashSet<>();
    private final Set<Long> twice = new HashSet<>();

    void see(JsonNode person) {
        person.path("identities").forEach(account -> {
            long key = key(account);
            if (!seen.add(key)) {
                twice.add(key);
            }
        });
    }

    /** Whether somebody else has one of this person's accounts. */
    boolean concerns(JsonNode person) {
        for (JsonNode account : person.path("identities")) {
            if (twice.contains(key(account))) {
                return true;
            }
        }
        return false;
    }

    int number() {
        return twice.size();
    }

    private static long key(JsonNode account) {
        String text =
                account.path("alias").asText() + '\n' + account.path("userId").asText();
        long hash = SEED;
        for (int index = 0; index < text.length(); index++) {
            hash = 31 * hash + text.charAt(index);
        }
        return hash;
    }
}
