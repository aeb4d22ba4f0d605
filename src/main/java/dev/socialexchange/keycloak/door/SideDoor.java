package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * A door by which a request comes to the token endpoint in another shape. It is closed until an administrator names it on the client. Who it is
 * open for, and what is wrong with the shape, is said once the client has shown who it is.
 */
public final class SideDoor {
    /** Of a client: the names of its open doors, joined as Keycloak joins several values. */
    public static final String CLIENT_ATTRIBUTE = "social-exchange.doors";

    /** Of an event. */
    static final String DETAIL = "door";

    private static final String SESSION_ATTRIBUTE = "social-exchange.door";
    static final String SEPARATOR = "##";

    /** @param refusal of what was sent, {@code null} if it has the shape that the door has */
    private record Taken(String name, ExchangeException refusal) {}

    private SideDoor() {}

    /** The session's request comes by this door. */
    public static void take(KeycloakSession session, String name) {
        session.setAttribute(SESSION_ATTRIBUTE, new Taken(name, null));
    }

    /** The same, and is refused once its client is known. */
    public static void take(KeycloakSession session, String name, ExchangeException refusal) {
        session.setAttribute(SESSION_ATTRIBUTE, new Taken(name, refusal));
    }

    public static boolean isTaken(KeycloakSession session) {
        return taken(session) != null;
    }

    /**
     * Notes the door that the session's request has come by, if it has.
     *
     * @throws ExchangeException if it is not open for this client, or the request has not its shape
     */
    public static void require(KeycloakSession session, ClientModel client, EventBuilder event) {
        Taken taken = taken(session);
        if (taken == null) {
            return;
        }
        event.detail(DETAIL, taken.name());
        if (!isOpen(client, taken.name())) {
            throw ExchangeException.refuse(ExchangeError.DOOR_CLOSED);
        }
        if (taken.refusal() != null) {
            throw taken.refusal();
        }
    }

    public static boolean isOpen(ClientModel client, String name) {
        return names(client.getAttribute(CLIENT_ATTRIBUTE)).contains(name);
    }

    static Set<String> names(String attribute) {
        return attribute == null
                ? Set.of()
                : Arrays.stream(attribute.split(SEPARATOR)).map(String::strip).collect(Collectors.toUnmodifiableSet());
    }

    private static Taken taken(KeycloakSession session) {
        return session.getAttribute(SESSION_ATTRIBUTE, Taken.class);
    }
}
