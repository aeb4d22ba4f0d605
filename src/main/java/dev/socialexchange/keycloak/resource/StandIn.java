package dev.socialexchange.keycloak.resource;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.door.DoorSettings;
import dev.socialexchange.keycloak.door.KeycloakEndpoints;
import dev.socialexchange.keycloak.door.Refusal;
import dev.socialexchange.keycloak.door.SideDoor;
import dev.socialexchange.keycloak.door.SubmissionParameters;
import dev.socialexchange.keycloak.provider.DatabaseText;
import dev.socialexchange.keycloak.shape.AppAnswer;
import dev.socialexchange.keycloak.shape.AppRequest;
import dev.socialexchange.keycloak.shape.Issued;
import dev.socialexchange.keycloak.shape.Meant;
import dev.socialexchange.keycloak.shape.ProviderName;
import dev.socialexchange.keycloak.shape.Refused;
import dev.socialexchange.keycloak.shape.Shape;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.cors.Cors;
import org.keycloak.util.JsonSerialization;

/** Asks the realm's own endpoints for what an app means, and tells it in the app's words. */
record StandIn(KeycloakSession session, Shape shape, ClientModel client) {
    /** Of an answer: {@code error_reason}, which no other back end's answers have a place for. */
    private static final String REASON = "Social-Exchange-Reason";

    /** @param cors for answers of ours; the realm's endpoints bring their own */
    Response answer(AppRequest request, Meant meant, Cors cors) {
        if (!(meant instanceof Meant.Exchange) && !SideDoor.isOpen(client, shape.name())) {
            throw ExchangeException.refuse(ExchangeError.DOOR_CLOSED); // of an exchange its own policy says so
        }
        if (meant instanceof Meant.Unusable unusable) {
            return cors.add(response(unusable.answer()));
        }
        if (meant instanceof Meant.SignOut signOut) {
            new AppSessions(session, bearer()).end(signOut.sessions());
            return cors.add(response(shape.done(request)));
        }
        Response answered = asked(meant);
        return answered.getStatus() == Response.Status.OK.getStatusCode()
                ? response(told(request, meant, json(answered))).build()
                : refused(request, meant, answered);
    }

    private Response asked(Meant meant) {
        KeycloakEndpoints endpoints = new KeycloakEndpoints(session);
        try {
            if (meant instanceof Meant.Exchange exchange) {
                SideDoor.take(session, shape.name());
                return endpoints.tokens(form(exchange));
            }
            if (meant instanceof Meant.Refresh refresh) {
                MultivaluedMap<String, String> form = form(refresh.further());
                form.putSingle(OAuth2Constants.GRANT_TYPE, OAuth2Constants.REFRESH_TOKEN);
                form.putSingle(OAuth2Constants.REFRESH_TOKEN, refresh.refreshToken());
                return endpoints.tokens(form);
            }
            if (meant instanceof Meant.Revoke revoke) {
                MultivaluedMap<String, String> form = form(revoke.further());
                form.putSingle("token", revoke.token());
                return endpoints.revocation(form);
            }
            bearer();
            return endpoints.userInfo();
        } catch (WebApplicationException refusedByKeycloak) {
            return refusedByKeycloak.getResponse();
        }
    }

    /** With {@code openid}, for who it is, which most of these answers tell. */
    private MultivaluedMap<String, String> form(Meant.Exchange exchange) {
        DoorSettings settings = DoorSettings.of(client);
        String alias = alias(exchange.provider(), settings);
        MultivaluedMap<String, String> form = form(exchange.further());
        form.putSingle(OAuth2Constants.GRANT_TYPE, OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE);
        form.putSingle(OAuth2Constants.SUBJECT_ISSUER, alias);
        form.putSingle(OAuth2Constants.SUBJECT_TOKEN, exchange.token());
        String type = SubmissionParameters.type(exchange.kind());
        form.putSingle(OAuth2Constants.SUBJECT_TOKEN_TYPE, type);
        String scope = form.getFirst(OAuth2Constants.SCOPE);
        form.putSingle(
                OAuth2Constants.SCOPE,
                scope == null ? OAuth2Constants.SCOPE_OPENID : scope + ' ' + OAuth2Constants.SCOPE_OPENID);
        String callback = settings.callbacks().get(alias);
        if (callback != null && SubmissionParameters.isCode(type)) {
            form.putIfAbsent(OAuth2Constants.REDIRECT_URI, List.of(callback));
        }
        return form;
    }

    /** As the client's administrator says; else its own name, if a provider has it; else the one that it most probably has. */
    private String alias(ProviderName provider, DoorSettings settings) {
        String said = settings.aliases().get(provider.name());
        if (said != null) {
            return said;
        }
        boolean own = DatabaseText.isName(provider.name())
                && session.identityProviders().getByAlias(provider.name()) != null;
        return own ? provider.name() : provider.alias();
    }

    private MultivaluedMap<String, String> form(Map<String, String> further) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        further.forEach(form::putSingle);
        form.putSingle(OAuth2Constants.CLIENT_ID, client.getClientId());
        return form;
    }

    /** Who the bearer is of an access token of this app. */
    private BearerUser bearer() {
        return BearerUser.of(session)
                .filter(found -> found.client().getId().equals(client.getId()))
                .orElseThrow(() -> ExchangeException.refuse(ExchangeError.ACCESS_TOKEN_INVALID));
    }

    private AppAnswer told(AppRequest request, Meant meant, JsonNode answer) {
        if (meant instanceof Meant.Revoke) {
            return shape.done(request);
        }
        return meant instanceof Meant.Person
                ? shape.person(answer)
                : shape.tokens(request, meant, new Issued(answer, Instant.now().getEpochSecond()));
    }

    private Response refused(AppRequest request, Meant meant, Response answered) {
        Refused refused = Refused.of(answered.getStatus(), json(answered));
        Response.ResponseBuilder told =
                response(shape.refused(request, meant, refused)).header(REASON, orNull(refused.reason()));
        return told.header(HttpHeaders.RETRY_AFTER, answered.getHeaderString(HttpHeaders.RETRY_AFTER))
                .build();
    }

    /** A refusal of ours, before the realm is asked. */
    static Response told(Shape shape, AppRequest request, Meant meant, ExchangeException refused, Cors cors) {
        try (Response answer = Refusal.answer(refused, cors)) {
            Refused ours = Refused.of(answer.getStatus(), json(answer));
            return response(shape.refused(request, meant, ours))
                    .header(REASON, ours.reason())
                    .header(HttpHeaders.RETRY_AFTER, answer.getHeaderString(HttpHeaders.RETRY_AFTER))
                    .build();
        }
    }

    private static String orNull(String reason) {
        return reason.isEmpty() ? null : reason;
    }

    /** A missing node for what is no JSON, such as a signed document. */
    private static JsonNode json(Response answer) {
        Object entity = answer.getEntity();
        return JsonSerialization.mapper.valueToTree(entity);
    }

    private static Response.ResponseBuilder response(AppAnswer answer) {
        Response.ResponseBuilder response = Response.status(answer.status());
        return answer.body().isMissingNode()
                ? response
                : response.type(MediaType.APPLICATION_JSON_TYPE)
                        .entity(answer.body().toString());
    }
}
