package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.it.support.Suite;
import java.util.List;

/** The program behind {@code make fuzz}. */
public final class Fuzz {

    private Fuzz() {}

    public static void main(String[] arguments) {
        List<String> findings;
        try {
            findings = new FuzzRun(FuzzSettings.fromSystemProperties(), System.out).run();
        } finally {
            Suite.end();
        }
        if (!findings.isEmpty()) {
            throw new IllegalStateException(findings.size() + " findings, see above");
        }
    }
}
