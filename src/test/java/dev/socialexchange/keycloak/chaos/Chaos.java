package dev.socialexchange.keycloak.chaos;

import java.util.List;

/** The program behind {@code make chaos}. */
public final class Chaos {

    private Chaos() {}

    public static void main(String[] arguments) {
        List<String> findings = new ChaosRun(ChaosSettings.fromSystemProperties(), System.out).run("chaos");
        if (!findings.isEmpty()) {
            throw new IllegalStateException(findings.size() + " findings, see above");
        }
    }
}
