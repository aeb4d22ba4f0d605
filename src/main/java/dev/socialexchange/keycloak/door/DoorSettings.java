package dev.socialexchange.keycloak.door;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;

/**
 * What an administrator says on a client about the doors that stand in for another back end: pairs of a name and a value, joined as Keycloak joins
 * several values.
 *
 * @param aliases of providers, by the names that the client's apps have for them
 * @param callbacks the redirect URI of codes that come without one, by the alias
 * @param audiences client ids, by the names that the apps have for their APIs
 */
public record DoorSettings(Map<String, String> aliases, Map<String, String> callbacks, Map<String, String> audiences) {
    /** Of no client. */
    public static final DoorSettings NONE = new DoorSettings(Map.of(), Map.of(), Map.of());

    static final String ALIASES = "social-exchange.door-aliases";
    static final String AUDIENCES = "social-exchange.door-audiences";
    static final String CALLBACKS = "social-exchange.door-callbacks";

    public static DoorSettings of(ClientModel client) {
        return new DoorSettings(
                pairs(client.getAttribute(ALIASES)),
                pairs(client.getAttribute(CALLBACKS)),
                pairs(client.getAttribute(AUDIENCES)));
    }

    /** What is no pair is nothing. */
    static Map<String, String> pairs(String attribute) {
        Map<String, String> pairs = new LinkedHashMap<>();
        Arrays.stream(Optional.ofNullable(attribute).orElse("").split(SideDoor.SEPARATOR))
                .map(pair -> pair.split("=", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> pairs.put(pair[0].strip(), pair[1].strip()));
        return pairs;
    }
}
