package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.provider.SessionTokens;
import dev.socialexchange.keycloak.provider.StoredTokens;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.util.Booleans;

/**
 * A provider's token as Keycloak's Identity Brokering API hands it out (version 2, 26.7), once Keycloak has looked who asks. What an exchange has
 * left in the session is read here alone; and what stands with a link Keycloak refreshes for its OpenID Connect types only, and hands out
 * after its end for all others.
 */
@Mirrors(
        type = "org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider",
        methods = {"retrieveToken", "exchangeStoredToken"})
record HeldTokens(
        KeycloakSession session,
        AbstractOAuth2IdentityProvider<?> provider,
        FederatedIdentityModel link,
        UserSessionModel userSession,
        UserModel user) {

    /** @param keycloaks what Keycloak answers, where there is nothing to add */
    Response or(Supplier<Response> keycloaks) {
        return ofSession().or(this::ofLink).orElseGet(keycloaks);
    }

    private Optional<Response> ofSession() {
        return SessionTokens.of(provider.getConfig(), userSession)
                .flatMap(held ->
                        fresh(held, refreshed -> SessionTokens.replace(provider.getConfig(), userSession, refreshed)));
    }

    private Optional<Response> ofLink() {
        if (provider instanceof OIDCIdentityProvider
                || !Booleans.isTrue(provider.getConfig().isStoreToken())) {
            return Optional.empty();
        }
        return fresh(new StoredTokens(link.getToken()), refreshed -> {
            link.setToken(refreshed.text());
            session.users().updateFederatedIdentity(session.getContext().getRealm(), user, link);
        });
    }

    /** Refreshed as version 1 does it; what is held stays where the provider gives nothing better. */
    private Optional<Response> fresh(StoredTokens held, Consumer<StoredTokens> keep) {
        if (held.accessToken().isEmpty()) {
            return Optional.empty();
        }
        FederatedIdentityModel copy = new FederatedIdentityModel(
                link.getIdentityProvider(), link.getUserId(), link.getUserName(), held.text());
        try {
            provider.retrieveToken(session, copy);
        } catch (WebApplicationException withTheAnswerInIt) {
            throw notRefreshed();
        }
        StoredTokens fresh = new StoredTokens(copy.getToken());
        if (!fresh.equals(held)) {
            keep.accept(fresh.accessToken().map(token -> fresh).orElseThrow(HeldTokens::notRefreshed));
        }
        return Optional.of(answer(fresh));
    }

    private Response answer(StoredTokens tokens) {
        OptionalLong end = tokens.end();
        long now = new KeycloakSurroundings(session).now();
        if (end.isPresent() && end.getAsLong() <= now) {
            return provider.exchangeTokenExpired(session.getContext().getUri(), null, userSession, user);
        }
        AccessTokenResponse answer = new AccessTokenResponse();
        answer.setToken(tokens.accessToken().orElseThrow());
        answer.setTokenType(tokens.json().path(OAuth2Constants.TOKEN_TYPE).textValue());
        end.ifPresent(moment -> answer.setExpiresIn(moment - now));
        answer.setOtherClaims(OAuth2Constants.ISSUED_TOKEN_TYPE, OAuth2Constants.ACCESS_TOKEN_TYPE);
        return Response.ok(answer).type(MediaType.APPLICATION_JSON).build();
    }

    /** Keycloak writes it into its log and the event, where a provider's answer has no place. */
    private static IdentityBrokerException notRefreshed() {
        return new IdentityBrokerException("The provider has not refreshed the token");
    }
}
