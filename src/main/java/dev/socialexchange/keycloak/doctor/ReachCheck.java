package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.doctor.CheckCalls.Sent;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Outcome.Cause;
import dev.socialexchange.keycloak.net.Outcome.Failure;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether this server comes through to a provider's hosts, by its proxy and with whom it trusts. */
final class ReachCheck {
    private static final String NAME = "reach";
    private static final Map<String, String> HEADERS =
            Map.of("Accept", "*/*", "User-Agent", "social-exchange-keycloak");

    private final CheckCalls calls;
    private final Set<String> unreachable = new HashSet<>();

    ReachCheck(CheckCalls calls) {
        this.calls = calls;
    }

    /** Asks each host once for its root, where nothing happens. */
    List<Finding> findings(List<Destination> destinations) {
        Map<String, URI> roots = new LinkedHashMap<>();
        destinations.stream()
                .filter(destination -> destination.use() != Destination.Use.CHECK)
                .forEach(destination -> roots.putIfAbsent(destination.authority(), destination.root()));
        List<Finding> findings = new ArrayList<>();
        roots.forEach((host, root) -> findings.add(finding(host, root)));
        return findings;
    }

    private Finding finding(String host, URI root) {
        Sent sent = calls.send(new Call("GET", root, HEADERS, null, true));
        if (sent.outcome() instanceof Failure failure && failure.cause() != Cause.ANSWER_TOO_LARGE) {
            if (failure.cause() != Cause.BUSY_HERE) {
                unreachable.add(host);
            }
            Finding refused = refused(failure);
            return refused.found(host + ": " + refused.matter()).calls(List.of(sent.made()));
        }
        return Finding.ok(NAME).found(host).calls(List.of(sent.made()));
    }

    private static Finding refused(Failure failure) {
        return switch (failure.cause()) {
            case BUSY_HERE, SHARE_EXHAUSTED -> Finding.unknown(NAME, "busy");
            case DEADLINE -> Finding.refused(NAME, "deadline");
            default -> Finding.refused(NAME, failure.trouble().name().toLowerCase(Locale.ROOT));
        };
    }

    /** Whether a call there would only wait for the same end. */
    boolean isUnreachable(URI uri) {
        return unreachable.contains(Call.withoutCredentials(String.valueOf(uri.getRawAuthority())));
    }
}
