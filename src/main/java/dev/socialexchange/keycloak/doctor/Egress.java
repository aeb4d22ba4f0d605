package dev.socialexchange.keycloak.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socialexchange.keycloak.Printable;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whom this server has to reach for a realm's enabled providers.
 *
 * @param hosts by name and port
 */
record Egress(List<Host> hosts) {

    /**
     * @param paths with what is filled in at each call in braces
     * @param usedFor see {@link Destination.Use}
     * @param providers their aliases
     */
    record Host(
            String host,
            int port,
            List<String> paths,
            @JsonProperty("used_for") List<String> usedFor,
            List<String> providers) {}

    private record Key(String host, int port) {}

    /** @param providers by their aliases */
    static Egress of(Map<String, ExchangeIdentityProvider> providers) {
        Map<Key, Collected> hosts =
                new TreeMap<>(Comparator.comparing(Key::host).thenComparingInt(Key::port));
        providers.forEach((alias, provider) -> Destinations.of(provider).forEach(destination -> hosts.computeIfAbsent(
                        new Key(destination.host(), destination.port()), ignored -> new Collected())
                .add(alias, destination)));
        List<Host> all = new ArrayList<>();
        hosts.forEach((key, collected) -> all.add(collected.host(key)));
        return new Egress(all);
    }

    private static final class Collected {
        private final TreeSet<String> paths = new TreeSet<>();
        private final TreeSet<String> uses = new TreeSet<>();
        private final TreeSet<String> aliases = new TreeSet<>();

        void add(String alias, Destination destination) {
            paths.add(destination.path());
            uses.add(destination.use().code());
            aliases.add(alias);
        }

        Host host(Key key) {
            return new Host(key.host(), key.port(), List.copyOf(paths), List.copyOf(uses), List.copyOf(aliases));
        }
    }

    /** For squid: {@code acl … dstdomain "/etc/squid/social-exchange.txt"}; one name a line. */
    String squid() {
        return hosts.stream()
                .map(Host::host)
                .distinct()
                .map(host -> host + '\n')
                .collect(Collectors.joining());
    }

    /**
     * For Kubernetes. A NetworkPolicy knows addresses and ports, no names: the names stand in comments, and where the cluster's
     * network plugin has policies by name, they are what goes into one.
     */
    String networkPolicy(String realm) {
        StringBuilder yaml = new StringBuilder();
        yaml.append("apiVersion: networking.k8s.io/v1\n")
                .append("kind: NetworkPolicy\n")
                .append("metadata:\n")
                .append("  name: ")
                .append(name(realm))
                .append('\n')
                .append("spec:\n")
                .append("  podSelector:\n")
                .append("    matchLabels:\n")
                .append("      app: keycloak # as your pods are labelled\n")
                .append("  policyTypes: [Egress]\n")
                .append("  egress: # beside these: DNS, the database, the other nodes\n");
        hosts.stream()
                .collect(Collectors.groupingBy(Host::port, TreeMap::new, Collectors.toList()))
                .forEach((port, ofPort) -> {
                    yaml.append("    - ports: [{protocol: TCP, port: ")
                            .append(port)
                            .append("}]\n");
                    yaml.append("      # to: NetworkPolicy knows no host names; a policy by name has\n");
                    ofPort.forEach(host -> yaml.append("      #   ")
                            .append(Printable.of(host.host()))
                            .append(" (")
                            .append(Printable.of(String.join(", ", host.providers())))
                            .append(")\n"));
                });
        return yaml.toString();
    }

    /** A name as Kubernetes has them (RFC 1123). */
    private static String name(String realm) {
        String plain = realm.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]+", "-");
        String whole = ("social-exchange-" + plain).replaceAll("-+$", "");
        return whole.length() > 63 ? whole.substring(0, 63).replaceAll("-+$", "") : whole;
    }
}
