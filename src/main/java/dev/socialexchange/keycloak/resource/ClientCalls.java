package dev.socialexchange.keycloak.resource;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.door.DoorSettings;
import dev.socialexchange.keycloak.door.KeycloakEndpoints;
import dev.socialexchange.keycloak.door.LoginForm;
import dev.socialexchange.keycloak.door.SideDoor;
import dev.socialexchange.keycloak.door.SingleParameters;
import dev.socialexchange.keycloak.door.SubmissionParameters;
import dev.socialexchange.keycloak.provider.DatabaseText;
import dev.socialexchange.keycloak.shape.AppRequest;
import dev.socialexchange.keycloak.shape.Issued;
import dev.socialexchange.keycloak.shape.Meant;
import dev.socialexchange.keycloak.shape.ProviderName;
import dev.socialexchange.keycloak.shape.Shape;
import dev.socialexchange.keycloak.throttle.Throttling;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;

/**
 * Calls of a client, to the realm's token endpoint. It is where a client authenticates: what is wrong with a request, and that a door is closed, is
 * said there as well, as of an exchange, with the event, the throttle and the measure of one.
 *
 * @param clientId that the address names, whether there is such a client or not
 */
record ClientCalls(
        KeycloakSession session, Shape shape, String clientId, Optional<ClientModel> client, ToldInShape told) {

    Response answer(AppRequest request, Meant meant, Throttling throttling) {
        Response answered;
        try {
            answered = asked(meant, form(request), throttling);
        } catch (WebApplicationException refusedByKeycloak) {
            answered = refusedByKeycloak.getResponse();
        }
        if (answered.getStatus() != Response.Status.OK.getStatusCode()) {
            return told.refused(answered);
        }
        return told.answer(
                meant instanceof Meant.Revoke
                        ? shape.done(request)
                        : shape.tokens(
                                request,
                                meant,
                                new Issued(
                                        ToldInShape.json(answered),
                                        Instant.now().getEpochSecond())));
    }

    private Response asked(Meant meant, MultivaluedMap<String, String> form, Throttling throttling) {
        KeycloakEndpoints endpoints = new KeycloakEndpoints(session);
        boolean open =
                client.filter(known -> SideDoor.isOpen(known, shape.name())).isPresent();
        if (meant instanceof Meant.Refresh || meant instanceof Meant.Revoke) {
            throttling.admit(); // whether the door is open or not: nobody has shown yet that they are the client
        }
        if (open && meant instanceof Meant.Refresh refresh) {
            form.putSingle(OAuth2Constants.GRANT_TYPE, OAuth2Constants.REFRESH_TOKEN);
            form.putSingle(OAuth2Constants.REFRESH_TOKEN, refresh.refreshToken());
            return endpoints.tokens(form);
        }
        if (open && meant instanceof Meant.Revoke revoke) {
            form.putSingle("token", revoke.token());
            return endpoints.revocation(form);
        }
        return endpoints.tokens(exchange(meant, form));
    }

    /** What is no exchange, or none that is open here, becomes one that is refused as soon as the client has shown who it is. */
    private MultivaluedMap<String, String> exchange(Meant meant, MultivaluedMap<String, String> form) {
        try {
            MultivaluedMap<String, String> exchange = SingleParameters.of(filled(meant, form));
            SideDoor.take(session, shape.name());
            return exchange;
        } catch (ExchangeException refused) {
            SideDoor.take(session, shape.name(), refused);
            return LoginForm.asking(shape.name(), form);
        }
    }

    private MultivaluedMap<String, String> filled(Meant meant, MultivaluedMap<String, String> form) {
        if (meant instanceof Meant.Malformed malformed) {
            throw malformed.refusal();
        }
        if (meant instanceof Meant.Unusable unusable) {
            throw ExchangeException.refuse(unusable.error());
        }
        if (!(meant instanceof Meant.Exchange exchange)) {
            throw ExchangeException.refuse(ExchangeError.DOOR_CLOSED);
        }
        DoorSettings settings = client.map(DoorSettings::of).orElse(DoorSettings.NONE);
        String alias = alias(exchange.provider(), settings);
        MultivaluedMap<String, String> filled = new MultivaluedHashMap<>(form);
        exchange.further().forEach(filled::putSingle);
        filled.putSingle(OAuth2Constants.GRANT_TYPE, OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE);
        filled.putSingle(OAuth2Constants.SUBJECT_ISSUER, alias);
        filled.putSingle(OAuth2Constants.SUBJECT_TOKEN, exchange.token());
        String type = SubmissionParameters.type(exchange.kind());
        filled.putSingle(OAuth2Constants.SUBJECT_TOKEN_TYPE, type);
        // for who it is, which most of these answers tell
        String scope = filled.getFirst(OAuth2Constants.SCOPE);
        filled.putSingle(
                OAuth2Constants.SCOPE,
                scope == null ? OAuth2Constants.SCOPE_OPENID : scope + ' ' + OAuth2Constants.SCOPE_OPENID);
        // of an API that nobody has named nothing is narrowed: the token is for whom the realm's client says
        Optional.ofNullable(filled.remove(OAuth2Constants.AUDIENCE))
                .map(apis -> settings.audiences().get(apis.get(0)))
                .ifPresent(known -> filled.putSingle(OAuth2Constants.AUDIENCE, known));
        String callback = settings.callbacks().get(alias);
        if (callback != null && SubmissionParameters.isCode(type)) {
            filled.putIfAbsent(OAuth2Constants.REDIRECT_URI, List.of(callback));
        }
        return filled;
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

    /** Who asks. */
    private MultivaluedMap<String, String> form(AppRequest request) {
        MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
        try {
            shape.credentials(request).forEach(form::putSingle);
        } catch (ExchangeException unreadable) {
            form.clear(); // and the client is one that has shown nothing
        }
        form.putSingle(OAuth2Constants.CLIENT_ID, clientId);
        return form;
    }
}
