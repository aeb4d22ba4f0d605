package dev.socialexchange.keycloak.importer;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Which texts come more than once. Of each it keeps 127 bits of its SHA-256, in two numbers and no objects: nobody can make two texts that are taken for one, and a million of them need
 * less than 40 MB.
 */
final class Repeats {
    private static final int FIRST_SLOTS = 1 << 10;

    /** The lowest bit of a digest's second half tells whether it came again. */
    private static final long AGAIN = 1;

    private final MessageDigest sha256 = sha256();
    private long[] slots = new long[2 * FIRST_SLOTS];
    private int used;
    private int repeated;

    void see(String text) {
        ByteBuffer digest = digest(text);
        long high = digest.getLong();
        long low = digest.getLong() & ~AGAIN;
        int slot = slot(slots, high, low);
        if (isEmpty(slots, slot)) {
            slots[slot] = high;
            slots[slot + 1] = low;
            used++;
            if (4L * used > 3L * slots.length / 2) {
                grow();
            }
        } else {
            repeated += (slots[slot + 1] & AGAIN) == 0 ? 1 : 0;
            slots[slot + 1] |= AGAIN;
        }
    }

    /** How many texts came more than once. */
    int number() {
        return repeated;
    }

    boolean hasRepeated(String text) {
        ByteBuffer digest = digest(text);
        int slot = slot(slots, digest.getLong(), digest.getLong() & ~AGAIN);
        return (slots[slot + 1] & AGAIN) != 0;
    }

    private void grow() {
        long[] more = new long[2 * slots.length];
        for (int slot = 0; slot < slots.length; slot += 2) {
            if (!isEmpty(slots, slot)) {
                int place = slot(more, slots[slot], slots[slot + 1] & ~AGAIN);
                more[place] = slots[slot];
                more[place + 1] = slots[slot + 1];
            }
        }
        slots = more;
    }

    /** Where it is, or would be: the next one that is free. */
    private static int slot(long[] slots, long high, long low) {
        int mask = slots.length - 1;
        int slot = (int) (high << 1) & mask;
        while (!isEmpty(slots, slot) && (slots[slot] != high || (slots[slot + 1] & ~AGAIN) != low)) {
            slot = slot + 2 & mask;
        }
        return slot;
    }

    private static boolean isEmpty(long[] slots, int slot) {
        return slots[slot] == 0 && slots[slot + 1] == 0;
    }

    private ByteBuffer digest(String text) {
        return ByteBuffer.wrap(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
