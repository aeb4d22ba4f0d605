package dev.socialexchange.keycloak.soak;

import java.util.List;

/** The program behind {@code make soak}. */
public final class Soak {

    private Soak() {}

    public static void main(String[] arguments) {
        List<String> grown = new SoakRun(SoakSettings.fromSystemProperties(), System.out).run("soak");
        if (!grown.isEmpty()) {
            throw new IllegalStateException(grown.size() + " things have grown, see above");
        }
    }
}
