package dev.socialexchange.keycloak.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.door.PostedBody;
import dev.socialexchange.keycloak.door.SubmissionParameters;
import dev.socialexchange.keycloak.shape.AppRequest;
import dev.socialexchange.keycloak.shape.Meant;
import dev.socialexchange.keycloak.shape.Shape;
import jakarta.ws.rs.NotAuthorizedException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.http.HttpRequest;
import org.keycloak.services.managers.AppAuthManager;

/**
 * What an app has sent. A parameter comes once, as at the token endpoint: of two, a proxy's rules, the old back end and this one may each take another.
 *
 * @param refusal why it is not read
 */
record ReceivedRequest(AppRequest request, Optional<ExchangeException> refusal) {

    /** @param path below the shape's own address */
    static ReceivedRequest of(HttpRequest sent, String path, InputStream body) {
        MultivaluedMap<String, String> query = sent.getUri().getQueryParameters();
        MultivaluedMap<String, String> form = sent.getDecodedFormParameters();
        AppRequest nothing = request(sent, path, query, JsonNodeFactory.instance.objectNode());
        try {
            requireOnce(query);
            requireOnce(form);
            JsonNode read = form.isEmpty() ? json(sent.getHttpHeaders().getMediaType(), body) : object(form);
            query.keySet().stream().filter(read::has).findFirst().ifPresent(name -> {
                throw twice();
            });
            return new ReceivedRequest(request(sent, path, query, read), Optional.empty());
        } catch (ExchangeException refused) {
            return new ReceivedRequest(nothing, Optional.of(refused));
        }
    }

    Meant meant(Shape shape) {
        try {
            Meant meant = shape.read(request);
            return meant instanceof Meant.Nothing || refusal.isEmpty() ? meant : new Meant.Malformed(refusal.get());
        } catch (ExchangeException refused) {
            return new Meant.Malformed(refused);
        }
    }

    private static AppRequest request(
            HttpRequest sent, String path, MultivaluedMap<String, String> query, JsonNode body) {
        Map<String, String> first = new LinkedHashMap<>();
        query.forEach((name, values) -> first.put(name, values.get(0)));
        return new AppRequest(
                sent.getHttpMethod(), path.replaceAll("^/+|/+$", ""), first, body, bearer(sent.getHttpHeaders()));
    }

    /** Nobody's, if there are several. */
    private static Optional<String> bearer(HttpHeaders headers) {
        try {
            return Optional.ofNullable(AppAuthManager.extractAuthorizationHeaderTokenOrReturnNull(headers))
                    .map(AppAuthManager.AuthHeader::getToken);
        } catch (NotAuthorizedException several) {
            return Optional.empty();
        }
    }

    private static void requireOnce(MultivaluedMap<String, String> parameters) {
        if (parameters.values().stream().anyMatch(values -> values.size() != 1)) {
            throw twice();
        }
    }

    private static ExchangeException twice() {
        return SubmissionParameters.invalid("A parameter appears twice");
    }

    private static JsonNode object(MultivaluedMap<String, String> form) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        form.forEach((name, values) -> object.put(name, values.get(0)));
        return object;
    }

    /** Nothing is an object without members. */
    private static JsonNode json(MediaType type, InputStream body) {
        byte[] sent = PostedBody.read(body);
        if (sent.length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        if (type != null && !isJson(type)) {
            throw SubmissionParameters.invalid("The body is neither a form nor JSON in UTF-8");
        }
        return StrictJson.read(sent)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> SubmissionParameters.invalid("The body is no JSON object with each name once"));
    }

    /** RFC 8259 §8.1. */
    private static boolean isJson(MediaType type) {
        return MediaType.APPLICATION_JSON_TYPE.isCompatible(type)
                && !type.isWildcardType()
                && "utf-8".equalsIgnoreCase(type.getParameters().getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8"));
    }
}
