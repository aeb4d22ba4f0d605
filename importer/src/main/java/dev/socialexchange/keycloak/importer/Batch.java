package dev.socialexchange.keycloak.importer;

import java.util.ArrayList;
import java.util.List;

/** Lines that go to the realm together, each with its number in the file: few enough for its limits, and for memory. */
final class Batch {
    private static final int MAX_LETTERS = 1 << 20;

    private final List<String> lines = new ArrayList<>();
    private final List<Long> numbers = new ArrayList<>();
    private final int most;
    private int letters;

    /** @param most lines */
    Batch(int most) {
        this.most = most;
    }

    void add(long number, String line) {
        numbers.add(number);
        lines.add(line);
        letters += line.length();
    }

    boolean isFull() {
        return lines.size() >= most || letters >= MAX_LETTERS;
    }

    boolean isEmpty() {
        return lines.isEmpty();
    }

    String body() {
        return String.join("\n", lines);
    }

    int size() {
        return lines.size();
    }

    /** @param index of a line among these, from 1 on */
    long number(int index) {
        return numbers.get(index - 1);
    }
}
