package dev.socialexchange.keycloak.command;

import java.util.List;

/** What the check of a provider has found. */
record Checked(String alias, String type, String verdict, List<Step> steps) {
    Checked {
        steps = steps == null ? List.of() : List.copyOf(steps);
    }

    Exit exit() {
        return Step.exit(verdict);
    }
}
