package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Journal;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.provider.util.IdentityBrokerState;
import org.keycloak.common.util.Base64Url;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.StringUtil;

/**
 * Where somebody signs in at a provider so that a code can be tried: the very address that a browser login would go to, with another way back.
 * Nothing is kept of it here.
 */
final class ProviderSignIn {
    private static final int STATE_BYTES = 32;
    private static final Set<String> WEB = Set.of("https", "http");

    private final KeycloakSession session;

    ProviderSignIn(KeycloakSession session) {
        this.session = session;
    }

    /**
     * @param client whose exchange is going to be tried
     * @param redirectUri which the provider has to know
     * @throws BadRequestException if that is no address of the web
     */
    SignInOffer at(IdentityProviderModel model, ClientModel client, String redirectUri) {
        if (!isWebAddress(redirectUri)) {
            throw new BadRequestException("redirect_uri has to be where the provider sends the browser back to");
        }
        return new PlayedClient(session, client)
                .rehearse(
                        Journal.NONE,
                        own -> offer(own, model.getAlias(), own.getContext().getClient(), redirectUri));
    }

    private static boolean isWebAddress(String text) {
        try {
            URI address = URI.create(text == null ? "" : text);
            return address.getHost() != null && WEB.contains(address.getScheme());
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static SignInOffer offer(KeycloakSession own, String alias, ClientModel client, String redirectUri) {
        try {
            Optional<ExchangeIdentityProvider> open = ExchangeIdentityProviders.open(own, alias);
            if (open.isEmpty()) {
                return SignInOffer.none("closed");
            }
            ExchangeIdentityProvider provider = open.get();
            if (!new Prover(new KeycloakSurroundings(own), provider)
                    .accepted()
                    .contains(TokenKind.AUTHORIZATION_CODE)) {
                return SignInOffer.none("no_codes");
            }
            if (StringUtil.isBlank(provider.getConfig().getAuthorizationUrl())) {
                return SignInOffer.none("no_authorization_url");
            }
            return offer(own, provider, client, redirectUri);
        } catch (ExchangeException unusable) {
            return SignInOffer.none(unusable.error().reason());
        } catch (IdentityBrokerException noAddress) {
            return SignInOffer.none("no_authorization_url");
        }
    }

    private static SignInOffer offer(
            KeycloakSession own, ExchangeIdentityProvider provider, ClientModel client, String redirectUri) {
        String state = Base64Url.encode(SecretGenerator.getInstance().randomBytes(STATE_BYTES));
        try (Response login = provider.asKeycloakProvider().performLogin(request(own, client, state, redirectUri))) {
            if (login.getStatus() != Response.Status.SEE_OTHER.getStatusCode()) {
                return SignInOffer.none("no_browser_login");
            }
            UriBuilder url = UriBuilder.fromUri(login.getLocation());
            url.replaceQueryParam(OAuth2Constants.STATE, state);
            CodeRules rules = provider.descriptor().authorizationCode().orElseThrow();
            SignInSecrets secrets = new SignInSecrets(provider, url);
            String verifier = secrets.verifier(rules);
            String nonce = secrets.nonce(own, login.getLocation());
            return new SignInOffer(
                    true,
                    null,
                    url.build().toString(),
                    redirectUri,
                    state,
                    verifier,
                    nonce,
                    rules.companions().parameters());
        }
    }

    private static AuthenticationRequest request(
            KeycloakSession own, ClientModel client, String state, String redirectUri) {
        AuthenticationSessionModel authSession = new AuthenticationSessionManager(own)
                .createAuthenticationSession(own.getContext().getRealm(), false)
                .createAuthenticationSession(client);
        authSession.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        return new AuthenticationRequest(
                own,
                own.getContext().getRealm(),
                authSession,
                own.getContext().getHttpRequest(),
                own.getContext().getUri(),
                IdentityBrokerState.decoded(state, client.getId(), client.getClientId(), authSession.getTabId(), null),
                redirectUri);
    }
}
