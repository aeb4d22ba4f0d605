package dev.socialexchange.keycloak.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.door.SubmissionParameters;
import dev.socialexchange.keycloak.door.Synonyms;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.grants.OAuth2GrantType;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.cors.Cors;

/** Runs an exchange as the token endpoint would, for an administrator who plays a client, and lets nothing come of it. */
final class DryRun {
    private final KeycloakSession session;
    private final Phrases phrases;
    private final boolean showsPeople;

    /** @param showsPeople whether the reader may see who somebody is */
    DryRun(KeycloakSession session, Phrases phrases, boolean showsPeople) {
        this.session = session;
        this.phrases = phrases;
        this.showsPeople = showsPeople;
    }

    /**
     * @param form the exchange's parameters, but for provider and client
     * @param usesCode whether an authorization code may be used up
     */
    Rehearsed of(
            IdentityProviderModel provider, MultivaluedMap<String, String> form, ClientModel client, boolean usesCode) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>(form);
        parameters.putSingle(OAuth2Constants.GRANT_TYPE, OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE);
        parameters.putSingle(OAuth2Constants.SUBJECT_ISSUER, provider.getAlias());
        parameters.putSingle(OAuth2Constants.CLIENT_ID, client.getClientId());
        if (isCode(parameters) && !usesCode) {
            return new Rehearsed(provider.getAlias(), provider.getProviderId(), notTried("code"), List.of());
        }
        Timeline timeline = new Timeline(System::nanoTime, showsPeople);
        Rehearsed.Verdict verdict =
                new PlayedClient(session, client).rehearse(timeline, own -> verdict(own, parameters));
        boolean refused = verdict.outcome() == Rehearsed.Outcome.REFUSED;
        String reason = verdict.reason() == null ? verdict.error() : verdict.reason();
        Remedy remedy = refused ? Remedy.of(phrases, reason, verdict.detail()) : null;
        return new Rehearsed(
                provider.getAlias(), provider.getProviderId(), verdict, timeline.steps(phrases, refused, remedy));
    }

    private boolean isCode(MultivaluedMap<String, String> form) {
        try {
            String type = Synonyms.resolve(form, form.keySet(), session).getFirst(OAuth2Constants.SUBJECT_TOKEN_TYPE);
            return SubmissionParameters.kind(type) == TokenKind.AUTHORIZATION_CODE;
        } catch (ExchangeException none) {
            return false; // and the exchange says so
        }
    }

    /** @param why key of what is said about it */
    private Rehearsed.Verdict notTried(String why) {
        return new Rehearsed.Verdict(
                Rehearsed.Outcome.NOT_TRIED,
                null,
                null,
                null,
                phrases.find("not_tried." + why).orElseThrow(),
                null,
                null,
                null);
    }

    private Rehearsed.Verdict verdict(KeycloakSession own, MultivaluedMap<String, String> parameters) {
        EventBuilder event = new UnsentEvent(own).event(EventType.TOKEN_EXCHANGE);
        try (Response response = answer(own, event, parameters)) {
            return response.getEntity() instanceof AccessTokenResponse tokens
                    ? issued(tokens)
                    : refused(response, event.getEvent().getDetails());
        }
    }

    private static Response answer(KeycloakSession own, EventBuilder event, MultivaluedMap<String, String> parameters) {
        try {
            OAuth2GrantType grant = own.getProvider(OAuth2GrantType.class, OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE);
            return grant.process(new OAuth2GrantType.Context(
                    own, null, Map.of(), parameters, event, own.getProvider(Cors.class), new TokenManager()));
        } catch (CorsErrorResponseException keycloaks) {
            return keycloaks.getResponse();
        }
    }

    private Rehearsed.Verdict issued(AccessTokenResponse tokens) {
        Map<String, JsonNode> claims = new LinkedHashMap<>();
        claims(tokens.getToken()).ifPresent(read -> claims.put("access_token", read));
        claims(tokens.getIdToken()).ifPresent(read -> claims.put("id_token", read));
        return new Rehearsed.Verdict(
                Rehearsed.Outcome.TOKENS,
                Response.Status.OK.getStatusCode(),
                null,
                null,
                null,
                null,
                Boolean.TRUE.equals(tokens.getOtherClaims().get("user_created")),
                claims);
    }

    private Optional<JsonNode> claims(String token) {
        try {
            return token == null
                    ? Optional.empty()
                    : StrictJson.read(new JWSInput(token).getContent()).map(new ShownClaims(showsPeople)::of);
        } catch (JWSInputException opaque) {
            return Optional.empty();
        }
    }

    private Rehearsed.Verdict refused(Response response, Map<String, String> event) {
        String told = event == null ? null : event.get(Details.REASON);
        if (told != null && told.endsWith(Rehearsal.ENDS_AT_USER_STORAGE)) {
            return notTried("user_storage");
        }
        return RefusedVerdict.of(response, told);
    }
}
