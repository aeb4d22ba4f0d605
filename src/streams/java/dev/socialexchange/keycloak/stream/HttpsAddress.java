package dev.socialexchange.keycloak.stream;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Where something is sent. Credentials and signals go there, so that it is HTTPS, or this very machine. */
final class HttpsAddress {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private HttpsAddress() {}

    /**
     * @param name of the option, or of the member of a document
     * @throws StreamFailure if it is none
     */
    static URI of(String name, String text) {
        URI address;
        try {
            address = new URI(text);
        } catch (URISyntaxException unreadable) {
            throw notOne(name);
        }
        boolean here = address.getHost() != null && THIS_MACHINE.contains(address.getHost());
        if (address.getHost() == null
                || address.getUserInfo() != null
                || address.getFragment() != null
                || !("https".equals(address.getScheme()) || here && "http".equals(address.getScheme()))) {
            throw notOne(name);
        }
        return address;
    }

    private static StreamFailure notOne(String name) {
        return StreamFailure.usage(name + " has to be an https:// address, without user, password and fragment");
    }
}
