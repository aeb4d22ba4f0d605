package dev.socialexchange.keycloak.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.door.FrontEndDoor;
import dev.socialexchange.keycloak.door.PostedBody;
import dev.socialexchange.keycloak.provider.DatabaseText;
import dev.socialexchange.keycloak.shape.AppRequest;
import dev.socialexchange.keycloak.shape.Meant;
import dev.socialexchange.keycloak.shape.Shape;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.OPTIONS;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;
import org.keycloak.services.managers.AppAuthManager;

/**
 * Stands in for another back end: takes its requests in its own shape, for apps that cannot be changed and are led here by a proxy, and answers as it
 * would.
 */
public class DropInResource extends FrontEndDoor {
    private static final String PATH = "{path: .*}";

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
        return answer(request("GET", path, JsonNodeFactory.instance.objectNode()));
    }

    @POST
    @Path(PATH)
    public Response post(@PathParam("path") String path, InputStream body) {
        return answer(request("POST", path, read(body)));
    }

    private Response answer(AppRequest request) {
        Meant meant = shape.read(request);
        return guarded(
                () -> ForeignCode.request("door " + shape.name(), () -> answered(request, meant)),
                refused -> StandIn.told(shape, request, meant, throttling.answerTo(refused), corsForAnybody()));
    }

    private Response answered(AppRequest request, Meant meant) {
        throttling.admit();
        ClientModel client = enabledClient(DatabaseText.isName(clientId) ? clientId : null);
        session.getContext().setClient(client);
        Cors cors = cors(client);
        return new StandIn(session, shape, client).answer(request, meant, cors);
    }

    private AppRequest request(String method, String path, JsonNode body) {
        Map<String, String> query = new LinkedHashMap<>();
        session.getContext()
                .getHttpRequest()
                .getUri()
                .getQueryParameters()
                .forEach((name, values) -> query.put(name, values.get(0)));
        Optional<String> bearer = Optional.ofNullable(AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(
                        session.getContext().getHttpRequest().getHttpHeaders()))
                .map(AppAuthManager.AuthHeader::getToken);
        return new AppRequest(method, path.replaceAll("^/+|/+$", ""), query, body, bearer);
    }

    /** What cannot be read has nothing of what is needed, and each back end has its own words for that. */
    private JsonNode read(InputStream body) {
        MultivaluedMap<String, String> form =
                session.getContext().getHttpRequest().getDecodedFormParameters();
        if (!form.isEmpty()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            form.forEach((name, values) -> object.put(name, values.get(0)));
            return object;
        }
        try {
            return StrictJson.read(PostedBody.read(body))
                    .filter(JsonNode::isObject)
                    .orElseGet(JsonNodeFactory.instance::objectNode);
        } catch (ExchangeException tooLong) {
            return JsonNodeFactory.instance.objectNode();
        }
    }
}
