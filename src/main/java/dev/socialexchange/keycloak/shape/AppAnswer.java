package dev.socialexchange.keycloak.shape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What an app is answered.
 *
 * @param body a missing node for none
 */
public record AppAnswer(int status, JsonNode body) {
    static final int OK = 200;
    static final int NO_CONTENT = 204;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int NOT_FOUND = 404;

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** As Django names it; texts that may be empty. */
    static ObjectNode putPerson(ObjectNode to, JsonNode claims) {
        return to.put("email", claims.path("email").asText(""))
                .put("first_name", claims.path("given_name").asText(""))
                .put("last_name", claims.path("family_name").asText(""));
    }

    static AppAnswer empty(int status) {
        return new AppAnswer(status, MissingNode.getInstance());
    }

    /** An object of one text. */
    static AppAnswer of(int status, String name, String text) {
        return new AppAnswer(status, object().put(name, text));
    }

    /** As OAuth says it (RFC 6749 §5.2). */
    static AppAnswer ofOAuth(int status, String error, String description) {
        return new AppAnswer(status, object().put("error", error).put("error_description", description));
    }

    /** An object of one list with one text, as Django REST framework tells what is wrong with a field. */
    static AppAnswer ofList(int status, String name, String text) {
        ObjectNode body = object();
        body.putArray(name).add(text);
        return new AppAnswer(status, body);
    }
}
