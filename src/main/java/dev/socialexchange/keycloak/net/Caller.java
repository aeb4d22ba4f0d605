package dev.socialexchange.keycloak.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakContext;

/**
 * On whose behalf a provider is called: shares are counted for each.
 *
 * @param network an IPv4 address, or the first half of an IPv6 address, which is what one subscriber is given
 */
public record Caller(String realm, String client, String network) {
    /** Of what is needed by everybody, such as a provider's keys. */
    static final Caller EVERYBODY = new Caller("", "", "everybody");

    private static final String UNKNOWN = "";
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final int IPV6_PREFIX_BYTES = 8;
    private static final int LONGEST_ADDRESS = 45; // an IPv4 address spelled as IPv6

    /** Who has sent the request, as Keycloak sees it: behind a proxy, that is for {@code proxy-headers} to say. */
    public static Caller of(KeycloakContext context) {
        ClientModel client = context.getClient();
        return new Caller(
                context.getRealm() == null ? UNKNOWN : context.getRealm().getId(),
                client == null ? UNKNOWN : client.getClientId(),
                context.getConnection() == null
                        ? UNKNOWN
                        : network(context.getConnection().getRemoteAddr()));
    }

    /** What is no address (a forwarding header may say anything) is nobody in particular; no name is ever looked up. */
    static String network(String address) {
        if (address == null) {
            return UNKNOWN;
        }
        String bare = withoutZone(address.replace("[", "").replace("]", ""));
        if (bare.length() > LONGEST_ADDRESS || !ADDRESS.matcher(bare).matches()) {
            return UNKNOWN;
        }
        if (!bare.contains(":")) {
            return bare;
        }
        try {
            InetAddress parsed = InetAddress.getByName('[' + bare + ']'); // in brackets it cannot be a name
            return parsed instanceof Inet6Address
                    ? HexFormat.of().formatHex(parsed.getAddress(), 0, IPV6_PREFIX_BYTES)
                    : parsed.getHostAddress();
        } catch (UnknownHostException malformed) {
            return UNKNOWN;
        }
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
