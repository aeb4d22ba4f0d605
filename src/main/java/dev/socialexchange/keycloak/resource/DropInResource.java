package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.door.FrontEndDoor;
import dev.socialexchange.keycloak.provider.DatabaseText;
import dev.socialexchange.keycloak.shape.Meant;
import dev.socialexchange.keycloak.shape.Shape;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;

/**
 * Stands in for another back end: takes its requests in its own shape, for apps that cannot be changed and are led here by a proxy, and answers as it
 * would.
 */
public class DropInResource extends FrontEndDoor {
    private static final String PATH = "{path: .*}";

    /** What no client is called. */
    private static final String NOBODY = "";

    private final Shape shape;
    private final String clientId;

    /** @param name of the shape */
    DropInResource(KeycloakSession session, String name, String clientId) {
        super(session, name, "GET", "POST");
        this.shape = Shape.all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(NotFoundException::new);
        this.clientId = clientId;
        // some of the realm's endpoints say so, and some do not: which one has refused tells whether the door is open
        session.getContext().getHttpResponse().setHeader("Pragma", "no-cache");
    }

    @OPTIONS
    @Path(PATH)
    public Response preflight(@PathParam("path") String path) {
        Response answer = preflight();
        if (!shape.requestHeaders().isEmpty()) {
            session.getContext()
                    .getHttpResponse()
                    .addHeader(Cors.ACCESS_CONTROL_ALLOW_HEADERS, String.join(", ", shape.requestHeaders()));
        }
        return answer;
    }

    @GET
    @Path(PATH)
    public Response get(@PathParam("path") String path) {
        return answer(path, InputStream.nullInputStream());
    }

    @POST
    @Path(PATH)
    public Response post(@PathParam("path") String path, InputStream body) {
        return answer(path, body);
    }

    private Response answer(String path, InputStream body) {
        ReceivedRequest received = ReceivedRequest.of(session.getContext().getHttpRequest(), path, body);
        Meant meant = received.meant(shape);
        ToldInShape told = new ToldInShape(shape, received.request(), meant);
        return guarded(
                () -> ForeignCode.request("door " + shape.name(), () -> answered(received, meant, told)),
                refused -> told.refusal(
                        session,
                        meant instanceof Meant.Nothing ? refused : throttling.answerTo(refused),
                        corsForAnybody()));
    }

    /** Whoever asks in vain hears the same, whichever client there is and whatever it may: that is said to who has proven to be it. */
    private Response answered(ReceivedRequest received, Meant meant, ToldInShape told) {
        if (meant instanceof Meant.Nothing nothing) {
            throttling.visit(shape.name());
            return told.answer(nothing.answer(), corsForAnybody());
        }
        String named = DatabaseText.isName(clientId) ? clientId : NOBODY;
        Optional<ClientModel> client =
                Optional.ofNullable(session.getContext().getRealm().getClientByClientId(named));
        client.ifPresent(session.getContext()::setClient);
        if (meant.isOfBearer()) {
            throttling.admit();
            return new BearerCalls(session, shape, client, told).answer(received.request(), meant, throttling);
        }
        return new ClientCalls(session, shape, named, client, told).answer(received.request(), meant, throttling);
    }
}
