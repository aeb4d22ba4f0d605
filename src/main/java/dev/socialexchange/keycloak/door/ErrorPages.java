package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.ExchangeError;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.Config;
import org.keycloak.protocol.oidc.TokenExchangeSpi;

/**
 * Where each {@code error_reason} is explained to people ({@code error_uri}, RFC 6749 §5.2): nowhere, unless the operator has said where.
 *
 * @param base ends with a slash; empty for nowhere
 */
public record ErrorPages(Optional<String> base) {
    /** {@code --spi-oauth2-token-exchange--social-exchange--error-pages}. */
    public static final String OPTION = "error-pages";

    /** Of RFC 6749 §5.2 all but what a URI cannot have, so that the address needs no escaping wherever it is put. */
    private static final Pattern ADDRESS = Pattern.compile("[!-~&&[^\"\\\\<>]]+");

    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");

    /** Of the running server; whoever reads the option at the start has refused what is none. */
    static ErrorPages configured() {
        return of(Config.scope(TokenExchangeSpi.SPI_NAME, "social-exchange"));
    }

    /** @throws IllegalArgumentException if what is set there cannot be meant, so that the server does not start with it */
    public static ErrorPages of(Config.Scope options) {
        String address = options.get(OPTION);
        if (address == null) {
            return new ErrorPages(Optional.empty());
        }
        if (!isUsable(address)) {
            throw new IllegalArgumentException("--spi-oauth2-token-exchange--social-exchange--" + OPTION
                    + " must be an https address (http only of this machine) without user, query and fragment");
        }
        return new ErrorPages(Optional.of(address.endsWith("/") ? address : address + '/'));
    }

    /** The page about one reason; only constants of ours are added. */
    Optional<String> about(ExchangeError error) {
        return base.map(address -> address + error.reason());
    }

    private static boolean isUsable(String address) {
        try {
            URI uri = new URI(address);
            boolean secure = "https".equals(uri.getScheme())
                    || "http".equals(uri.getScheme()) && uri.getHost() != null && LOOPBACK.contains(uri.getHost());
            return secure
                    && ADDRESS.matcher(address).matches()
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }
}
