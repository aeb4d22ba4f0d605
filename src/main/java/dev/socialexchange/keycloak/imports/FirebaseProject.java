package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.Digests;
import java.util.Base64;

/**
 * Numbers and key of a project, as the Firebase console shows them.
 *
 * @param memory power of two
 */
record FirebaseProject(byte[] signerKey, byte[] saltSeparator, int rounds, int memory) {
    private static final int MAX_ROUNDS = 16;
    private static final int MAX_MEMORY = 17;

    FirebaseProject {
        if (rounds < 1 || rounds > MAX_ROUNDS || memory < 1 || memory > MAX_MEMORY) {
            throw new IllegalArgumentException("rounds from 1 to 16 and mem-cost from 1 to 17");
        }
        if (!ScryptHashes.isDefined(1L << memory, rounds)) {
            throw new IllegalArgumentException("mem-cost below 16 where rounds is 1");
        }
    }

    /** What tells one project from another; the key cannot be found by it. */
    static String digest(byte[] signerKey, byte[] saltSeparator, int rounds, int memory) {
        return Digests.sha256Base64Url(String.join(
                "\n",
                Base64.getEncoder().encodeToString(signerKey),
                Base64.getEncoder().encodeToString(saltSeparator),
                String.valueOf(rounds),
                String.valueOf(memory)));
    }

    String digest() {
        return digest(signerKey, saltSeparator, rounds, memory);
    }

    /** A record would print the key. */
    @Override
    public String toString() {
        return "project";
    }
}
