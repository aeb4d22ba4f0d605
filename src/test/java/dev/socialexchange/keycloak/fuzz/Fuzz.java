package dev.socialexchange.keycloak.fuzz;

import java.util.List;

/** The program behind {@code make fuzz}. */
public final class Fuzz {

    private Fuzz() {}

    public static void main(String[] arguments) {
        List<String> findings = new FuzzRun(FuzzSettings.fromSystemProperties(), System.out).run();
        if (!findings.isEmpty()) {
            throw new IllegalStateException(findings.size() + " findings, see above");
        }
    }
}
