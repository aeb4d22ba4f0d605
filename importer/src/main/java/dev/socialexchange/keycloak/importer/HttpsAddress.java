package dev.socialexchange.keycloak.importer;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;

/** A server that secrets and people's data are sent to, so that it is HTTPS, or this very machine. */
final class HttpsAddress {
    static final String WANTED = " has to be an https:// address, without user, password, query and fragment";

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private HttpsAddress() {}

    /** @return without slashes at its end; empty if it is none */
    static Optional<String> of(String text) {
        try {
            return Optional.of(new URI(text)).filter(HttpsAddress::isOne).map(address -> address.toString()
                    .replaceAll("/+$", ""));
        } catch (URISyntaxException unreadable) {
            return Optional.empty();
        }
    }

    private static boolean isOne(URI address) {
        return address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null
                && ("https".equals(address.getScheme())
                        || "http".equals(address.getScheme()) && THIS_MACHINE.contains(address.getHost()));
    }
}
