package dev.socialexchange.keycloak.doctor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Journal;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.proof.IssuedNonces;
import dev.socialexchange.keycloak.proof.Prover;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.List;
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
import org.keycloak.protocol.oidc.utils.PkceUtils;
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
     * @param available whether this provider signs browsers in and takes codes
     * @param reason why not
     * @param url where the browser goes
     * @param codeVerifier of the code's PKCE; {@code null} where the provider is asked without
     * @param nonce that the dry-run has to send; {@code null} for none
     * @param parameters what else comes back beside the code and has to be sent along
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Offer(
            boolean available,
            String reason,
            String url,
            @JsonProperty("redirect_uri") String redirectUri,
            String state,
            @JsonProperty("code_verifier") String codeVerifier,
            String nonce,
            List<String> parameters) {

        private static Offer none(String reason) {
            return new Offer(false, reason, null, null, null, null, null, null);
        }
    }

    /**
     * @param client whose exchange is going to be tried
     * @param redirectUri which the provider has to know
     * @throws BadRequestException if that is no address of the web
     */
    Offer at(IdentityProviderModel model, ClientModel client, String redirectUri) {
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

    private static Offer offer(KeycloakSession own, String alias, ClientModel client, String redirectUri) {
        try {
            Optional<ExchangeIdentityProvider> open = ExchangeIdentityProviders.open(own, alias);
            if (open.isEmpty()) {
                return Offer.none("closed");
            }
            ExchangeIdentityProvider provider = open.get();
            if (!new Prover(new KeycloakSurroundings(own), provider)
                    .accepted()
                    .contains(TokenKind.AUTHORIZATION_CODE)) {
                return Offer.none("no_codes");
            }
            if (StringUtil.isBlank(provider.getConfig().getAuthorizationUrl())) {
                return Offer.none("no_authorization_url");
            }
            return offer(own, provider, client, redirectUri);
        } catch (ExchangeException unusable) {
            return Offer.none(unusable.error().reason());
        } catch (IdentityBrokerException noAddress) {
            return Offer.none("no_authorization_url");
        }
    }

    private static Offer offer(
            KeycloakSession own, ExchangeIdentityProvider provider, ClientModel client, String redirectUri) {
        String state = Base64Url.encode(SecretGenerator.getInstance().randomBytes(STATE_BYTES));
        try (Response login = provider.asKeycloakProvider().performLogin(request(own, client, state, redirectUri))) {
            if (login.getStatus() != Response.Status.SEE_OTHER.getStatusCode()) {
                return Offer.none("no_browser_login");
            }
            UriBuilder url = UriBuilder.fromUri(login.getLocation());
            url.replaceQueryParam(OAuth2Constants.STATE, state);
            CodeRules rules = provider.descriptor().authorizationCode().orElseThrow();
            String verifier = verifier(provider, rules, url);
            String nonce = nonce(own, provider, login.getLocation(), url);
            return new Offer(
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

    /** One that the page gets to know, where the browser login would use one or an exchange wants one. */
    private static String verifier(ExchangeIdentityProvider provider, CodeRules rules, UriBuilder url) {
        if (rules.client().pkce() != CodeRules.Pkce.REQUIRED
                && !provider.getConfig().isPkceEnabled()) {
            return null;
        }
        String verifier = PkceUtils.generateCodeVerifier();
        url.replaceQueryParam(
                OAuth2Constants.CODE_CHALLENGE,
                PkceUtils.encodeCodeChallenge(verifier, OAuth2Constants.PKCE_METHOD_S256));
        url.replaceQueryParam(OAuth2Constants.CODE_CHALLENGE_METHOD, OAuth2Constants.PKCE_METHOD_S256);
        return verifier;
    }

    private static String nonce(KeycloakSession own, ExchangeIdentityProvider provider, URI keycloaks, UriBuilder url) {
        if (provider.settings().nonceIssued()) {
            String issued = new IssuedNonces(new KeycloakSurroundings(own)).issue();
            url.replaceQueryParam(OIDCLoginProtocol.NONCE_PARAM, Digests.sha256Base64Url(issued));
            return issued;
        }
        String query = keycloaks.getRawQuery();
        String begin = OIDCLoginProtocol.NONCE_PARAM + '=';
        return List.of((query == null ? "" : query).split("&")).stream()
                .filter(parameter -> parameter.startsWith(begin))
                .map(parameter -> parameter.substring(begin.length()))
                .findFirst()
                .orElse(null);
    }
}
