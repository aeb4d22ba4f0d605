package dev.socialexchange.keycloak.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** Where Keycloak is. Secrets go there, so that it is HTTPS, or this very machine. */
final class ServerAddress {
    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private ServerAddress() {}

    /**
     * @param plainHttp whether HTTP may be spoken to other machines, too
     * @throws CommandFailure if the text is no such address
     */
    static URI of(String text, boolean plainHttp) {
        URI address = parsed(text);
        boolean http = "http".equals(address.getScheme());
        if (!http && !"https".equals(address.getScheme())
                || address.getHost() == null
                || address.getUserInfo() != null
                || address.getQuery() != null
                || address.getFragment() != null) {
            throw notOne();
        }
        if (http && !plainHttp && !THIS_MACHINE.contains(address.getHost())) {
            throw CommandFailure.usage(
                    "--server is plain HTTP to another machine, and a secret would go there readably."
                            + " Use its https:// address; or add --plain-http within a network of your own");
        }
        return URI.create(address.toString().replaceFirst("/+$", ""));
    }

    private static URI parsed(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException unreadable) {
            throw notOne();
        }
    }

    private static CommandFailure notOne() {
        return CommandFailure.usage("--server has to be Keycloak's address, such as https://keycloak.example,"
                + " with its path if it has one (https://example.org/auth), and without user and password");
    }
}
