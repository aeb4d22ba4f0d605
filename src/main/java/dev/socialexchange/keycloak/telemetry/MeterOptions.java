package dev.socialexchange.keycloak.telemetry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Which labels an operator wants beside those that are always there. */
record MeterOptions(boolean alias, boolean client) {
    static final String ALIAS = "alias";
    static final String CLIENT = "client";

    /**
     * @param labels separated by commas, {@code null} for none
     * @throws IllegalArgumentException for any other, so that the server does not start with what nobody has meant
     */
    static MeterOptions of(String labels) {
        List<String> wanted = labels == null
                ? List.of()
                : Arrays.stream(labels.split(","))
                        .map(String::strip)
                        .filter(label -> !label.isEmpty())
                        .toList();
        for (String label : wanted) {
            if (!Set.of(ALIAS, CLIENT).contains(label)) {
                throw new IllegalArgumentException("Unknown label of social exchange metrics: '" + label + "'");
            }
        }
        return new MeterOptions(wanted.contains(ALIAS), wanted.contains(CLIENT));
    }

    List<String> labels(List<String> always) {
        List<String> labels = new ArrayList<>(always);
        if (alias) {
            labels.add(ALIAS);
        }
        if (client) {
            labels.add(CLIENT);
        }
        return List.copyOf(labels);
    }
}
