package dev.socialexchange.keycloak.chaos;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** Promises that were not kept. */
final class Findings {
    private static final int MAX = 50;

    private final PrintStream out;
    private final List<String> found = new ArrayList<>();

    Findings(PrintStream out) {
        this.out = out;
    }

    synchronized void add(String finding) {
        if (found.size() < MAX) {
            found.add(finding);
            out.println("FOUND " + finding);
        }
    }

    synchronized List<String> all() {
        return List.copyOf(found);
    }
}
