package dev.socialexchange.keycloak.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.door.KeycloakEndpoints;
import dev.socialexchange.keycloak.door.SideDoor;
import dev.socialexchange.keycloak.shape.AppRequest;
import dev.socialexchange.keycloak.shape.Meant;
import dev.socialexchange.keycloak.shape.Shape;
import dev.socialexchange.keycloak.shape.TokenClaims;
import dev.socialexchange.keycloak.throttle.Throttling;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.services.cors.Cors;

/** Calls of whoever bears an access token of the app. Its proof of possession counts once, so that one place looks at the token, and not two. */
record BearerCalls(KeycloakSession session, Shape shape, Optional<ClientModel> client, ToldInShape told) {

    /** Whether the door is open is said to nobody whose token is none of the app's. */
    Response answer(AppRequest request, Meant meant, Throttling throttling) {
        try {
            return answered(request, meant, throttling);
        } catch (WebApplicationException ofAnotherOrigin) {
            return told.refused(ofAnotherOrigin.getResponse());
        }
    }

    private Response answered(AppRequest request, Meant meant, Throttling throttling) {
        boolean open =
                client.filter(known -> SideDoor.isOpen(known, shape.name())).isPresent();
        if (open && meant instanceof Meant.Person) {
            return person(request, throttling);
        }
        BearerUser bearer = bearer(request, meant);
        if (!open) {
            throw ExchangeException.refuse(ExchangeError.DOOR_CLOSED);
        }
        Cors cors = cors().checkAllowedOrigins(session, bearer.client());
        if (meant instanceof Meant.SignOut signOut) {
            new AppSessions(session, bearer).end(signOut.sessions());
        }
        return told.answer(shape.done(request), cors);
    }

    /** @throws ExchangeException if the bearer's token is none of this app's that is good now */
    private BearerUser bearer(AppRequest request, Meant meant) {
        Optional<String> token = meant instanceof Meant.Verify verify ? Optional.of(verify.token()) : request.bearer();
        return token.flatMap(one -> BearerUser.of(session, one))
                .filter(found -> client.filter(
                                known -> known.getId().equals(found.client().getId()))
                        .isPresent())
                .orElseThrow(() -> ExchangeException.refuse(ExchangeError.ACCESS_TOKEN_INVALID));
    }

    /** What the token says of its app is believed only to turn it away: the realm's user info looks at everything. */
    private Response person(AppRequest request, Throttling throttling) {
        String app = request.bearer()
                .flatMap(TokenClaims::of)
                .map(claims -> claims.path("azp").asText())
                .orElse("");
        if (!app.equals(client.orElseThrow().getClientId())) {
            throw ExchangeException.refuse(ExchangeError.ACCESS_TOKEN_INVALID);
        }
        Response answered;
        try {
            answered = new KeycloakEndpoints(session).userInfo();
        } catch (WebApplicationException refusedByKeycloak) {
            answered = refusedByKeycloak.getResponse();
        }
        if (answered.getStatus() == Response.Status.UNAUTHORIZED.getStatusCode()) {
            ExchangeException refused = ExchangeException.refuse(ExchangeError.ACCESS_TOKEN_INVALID);
            return told.refused(throttling.answerTo(refused), corsForAnybody());
        }
        return answered.getStatus() == Response.Status.OK.getStatusCode()
                ? told.answer(shape.person(request, claims(answered)))
                : told.refused(answered);
    }

    /** Also of a client that gets its user info signed; what is encrypted for it only the app can read, and it expects no such thing. */
    private static JsonNode claims(Response answered) {
        JsonNode answer = ToldInShape.json(answered);
        return (answer.isTextual() ? TokenClaims.of(answer.asText()) : Optional.of(answer))
                .filter(JsonNode::isObject)
                .orElseThrow(() -> ExchangeException.setupFaulty("user info that is encrypted for the client"));
    }

    /** As of a door that is closed, in the place of what the realm's user info has said: the session's own one (Keycloak 26.7) goes on with that. */
    private Cors corsForAnybody() {
        ProviderFactory<Cors> fresh = session.getKeycloakSessionFactory().getProviderFactory(Cors.class);
        return fresh.create(session).allowAllOrigins();
    }

    private Cors cors() {
        return session.getProvider(Cors.class).auth();
    }
}
