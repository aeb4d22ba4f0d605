package dev.socialexchange.keycloak.command;

import java.util.Locale;
import java.util.Set;

/** Names that no public service has: of this machine, of a network of one's own, and for tests and examples (RFC 6761, RFC 2606). */
final class PrivateHosts {
    private static final Set<String> TOPS = Set.of(
            "test",
            "example",
            "invalid",
            "localhost",
            "local",
            "internal",
            "localdomain",
            "lan",
            "home",
            "corp",
            "arpa");
    private static final Set<String> SECONDS = Set.of("example.com", "example.net", "example.org");

    private PrivateHosts() {}

    /** @param host with or without a port */
    static boolean isOne(String host) {
        String name = host.toLowerCase(Locale.ROOT).replaceFirst(":\\d+$", "").replaceFirst("\\.$", "");
        String top = name.substring(name.lastIndexOf('.') + 1);
        return !name.contains(".")
                || name.contains(":")
                || top.matches("\\d+")
                || TOPS.contains(top)
                || SECONDS.stream().anyMatch(second -> name.equals(second) || name.endsWith('.' + second));
    }
}
