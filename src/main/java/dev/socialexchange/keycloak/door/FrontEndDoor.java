package dev.socialexchange.keycloak.door;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.throttle.Throttling;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.cors.Cors;

/** What the doors for front ends have in common: scripts of the client's origins may read the answers, and nobody keeps them. */
public abstract class FrontEndDoor {
    protected final KeycloakSession session;
    protected final Throttling throttling;
    private final String name;
    private final String[] methods;

    /**
     * @param name a constant, for events
     * @param methods that the door has
     */
    protected FrontEndDoor(KeycloakSession session, String name, String... methods) {
        this.session = session;
        this.throttling = new Throttling(session);
        this.name = name;
        this.methods = Stream.concat(Stream.of(methods), Stream.of("OPTIONS")).toArray(String[]::new);
        session.getContext().getHttpResponse().setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    }

    @OPTIONS
    public Response preflight() {
        return cors().preflight().allowedMethods(methods).add(Response.noContent());
    }

    /** Opens the door, unless the realm is closed; what is refused before the client is known, anybody may read. */
    protected Response open(Supplier<Response> door) {
        return guarded(
                () -> {
                    throttling.visit(name);
                    return ForeignCode.request("door " + name, door);
                },
                refused -> {
                    if (refused.error() == ExchangeError.THROTTLED) {
                        throttling.tell(refused);
                    }
                    return Refusal.answer(refused, corsForAnybody());
                });
    }

    /** @param refusal tells it in the door's own words; nothing of the request is left by then */
    protected Response guarded(Supplier<Response> door, Function<ExchangeException, Response> refusal) {
        try {
            OpenRealm.refusal(session).ifPresent(refused -> {
                throw refused;
            });
            Response answer = door.get();
            RequestConnection.release(session); // at the end of the request Keycloak would answer 500 where that fails
            return answer;
        } catch (ExchangeException refused) {
            // else Keycloak commits what was refused, and answers 500 by itself where its connection is dead
            session.getTransactionManager().setRollbackOnly();
            RequestConnection.abandon(session);
            return refusal.apply(refused);
        }
    }

    /** @throws ExchangeException if there is no such client, or none to which the token endpoint would answer */
    protected ClientModel enabledClient(String clientId) {
        ClientModel client =
                clientId == null ? null : session.getContext().getRealm().getClientByClientId(clientId);
        if (client == null || !client.isEnabled() || client.isBearerOnly() || !isOpenIdConnect(client)) {
            throw ExchangeException.refuse(
                    clientId == null ? ExchangeError.PARAMETER_MISSING : ExchangeError.PARAMETER_INVALID,
                    "client_id must name a client of this realm that can ask for tokens");
        }
        return client;
    }

    private static boolean isOpenIdConnect(ClientModel client) {
        return client.getProtocol() == null || client.getProtocol().equals(OIDCLoginProtocol.LOGIN_PROTOCOL);
    }

    /** For answers to a client of the realm. */
    protected Cors cors(ClientModel client) {
        return cors().checkAllowedOrigins(session, client);
    }

    /** For answers to nobody in particular, which say nothing that is not public. */
    protected Cors corsForAnybody() {
        return session.getProvider(Cors.class).allowAllOrigins();
    }

    private Cors cors() {
        return session.getProvider(Cors.class).auth();
    }
}
