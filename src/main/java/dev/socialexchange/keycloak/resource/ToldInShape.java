package dev.socialexchange.keycloak.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.door.Refusal;
import dev.socialexchange.keycloak.door.UntoldRefusal;
import dev.socialexchange.keycloak.shape.AppAnswer;
import dev.socialexchange.keycloak.shape.AppRequest;
import dev.socialexchange.keycloak.shape.Meant;
import dev.socialexchange.keycloak.shape.Refused;
import dev.socialexchange.keycloak.shape.Shape;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;
import org.keycloak.util.JsonSerialization;

/** What the realm says to a request, in the words of the back end that it was sent to. */
record ToldInShape(Shape shape, AppRequest request, Meant meant) {
    /** Of an answer: {@code error_reason}, which no other back end's answers have a place for. */
    private static final String REASON = "Social-Exchange-Reason";

    /** Where one of the realm's endpoints has said who may read it. */
    Response answer(AppAnswer answer) {
        return response(answer).build();
    }

    Response answer(AppAnswer answer, Cors cors) {
        return cors.add(response(answer));
    }

    /** A refusal of one of the realm's endpoints. What has not the door's shape is told in the words of that. */
    Response refused(Response answered) {
        Refused refused = Refused.of(answered.getStatus(), json(answered));
        AppAnswer answer = meant instanceof Meant.Unusable unusable
                        && refused.reason().equals(unusable.error().reason())
                ? unusable.answer()
                : shape.refused(request, meant, refused);
        return response(answer)
                .header(REASON, refused.reason().isEmpty() ? null : refused.reason())
                .header(HttpHeaders.RETRY_AFTER, answered.getHeaderString(HttpHeaders.RETRY_AFTER))
                .build();
    }

    /** A refusal of ours that none of the realm's endpoints has told, with its event. */
    Response refusal(KeycloakSession session, ExchangeException refused, Cors cors) {
        try (Response answer = UntoldRefusal.answer(session, shape.name(), type(), refused, cors)) {
            return refused(answer);
        }
    }

    /** The same, where an event has told it. */
    Response refused(ExchangeException refused, Cors cors) {
        try (Response answer = Refusal.answer(refused, cors)) {
            return refused(answer);
        }
    }

    private EventType type() {
        if (meant instanceof Meant.Person) {
            return EventType.USER_INFO_REQUEST;
        }
        if (meant instanceof Meant.SignOut) {
            return EventType.LOGOUT;
        }
        return meant instanceof Meant.Verify ? EventType.INTROSPECT_TOKEN : EventType.TOKEN_EXCHANGE;
    }

    /** Of what is no JSON, such as a signed document, one text. */
    static JsonNode json(Response answer) {
        return JsonSerialization.mapper.valueToTree(answer.getEntity());
    }

    private static Response.ResponseBuilder response(AppAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        return answer.body().isMissingNode()
                ? response
                : response.type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(answer.body().toString());
    }
}
