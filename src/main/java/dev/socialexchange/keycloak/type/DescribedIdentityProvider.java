package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.net.KeycloaksRequest;
import dev.socialexchange.keycloak.proof.ProviderTokens;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.SessionTokens;
import dev.socialexchange.keycloak.provider.StoredTokens;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import jakarta.ws.rs.core.UriInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.social.SocialIdentityProvider;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.events.EventBuilder;
import org.keycloak.http.simple.SimpleHttpRequest;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;

/** An identity provider that Keycloak lacks, made from its descriptor: browser login and token exchange. */
class DescribedIdentityProvider extends AbstractOAuth2IdentityProvider<OAuth2IdentityProviderConfig>
        implements SocialIdentityProvider<OAuth2IdentityProviderConfig>, ExchangeIdentityProvider {
    private static final String NONCE = "SOCIAL_EXCHANGE_NONCE";

    private final Descriptor descriptor;
    /** {@code null} unless stored tokens were asked for. */
    private TokenRefresh refresh;

    DescribedIdentityProvider(KeycloakSession session, OAuth2IdentityProviderConfig config, Descriptor descriptor) {
        super(session, DescribedConfig.filled(config, descriptor));
        this.descriptor = descriptor;
    }

    @Override
    public final Descriptor descriptor() {
        return descriptor;
    }

    @Override
    public Endpoints endpoints() {
        return DescribedConfig.endpoints(descriptor, getConfig().getConfig());
    }

    @Override
    protected UriBuilder createAuthorizationUrl(AuthenticationRequest request) {
        UriBuilder url = super.createAuthorizationUrl(request);
        String clientId = descriptor
                .oauth2()
                .map(oauth2 -> oauth2.dialect().parameter(OAUTH2_PARAMETER_CLIENT_ID))
                .orElse(OAUTH2_PARAMETER_CLIENT_ID);
        if (!clientId.equals(OAUTH2_PARAMETER_CLIENT_ID)) {
            url.replaceQueryParam(OAUTH2_PARAMETER_CLIENT_ID, new Object[0]);
            url.queryParam(clientId, getConfig().getClientId());
        }
        if (descriptor.idToken().filter(rules -> !rules.withoutNonce()).isPresent()) {
            String nonce = SecretGenerator.getInstance().generateSecureID();
            request.getAuthenticationSession().setClientNote(NONCE, nonce);
            url.queryParam(OIDCLoginProtocol.NONCE_PARAM, nonce);
        }
        return url;
    }

    /** Keycloak's own request, for a code or a refresh token, in the way that this provider wants it. */
    @Override
    public SimpleHttpRequest authenticateTokenRequest(SimpleHttpRequest keycloaks) {
        Optional<CodeRules> rules = descriptor.authorizationCode();
        if (rules.isEmpty()) {
            return super.authenticateTokenRequest(keycloaks);
        }
        Map<String, String> fields = new LinkedHashMap<>(keycloaks.getParams());
        String grant = fields.get(OAuth2Constants.GRANT_TYPE);
        if (OAuth2Constants.AUTHORIZATION_CODE.equals(grant)) {
            rules.get()
                    .companions()
                    .parameters()
                    .forEach(name -> fields.computeIfAbsent(name, this::callbackParameter));
        } else if (OAuth2Constants.REFRESH_TOKEN.equals(grant) && refresh != null) {
            refresh.addTo(fields);
        }
        try {
            ProviderTokens tokens = new ProviderTokens(new KeycloakSurroundings(session), this);
            return KeycloaksRequest.of(session, tokens.request(fields, TokenRefresh.client(refresh)));
        } catch (ExchangeException notConfigured) {
            throw new IdentityBrokerException("The token endpoint cannot be asked: "
                    + notConfigured.error().reason());
        }
    }

    @Override
    public Response retrieveToken(KeycloakSession keycloakSession, FederatedIdentityModel identity) {
        refresh = new TokenRefresh(descriptor, identity.getToken());
        return refresh.around(identity, () -> super.retrieveToken(keycloakSession, identity));
    }

    @Override
    public Response retrieveToken(
            KeycloakSession keycloakSession,
            FederatedIdentityModel link,
            UserSessionModel userSession,
            UserModel user) {
        return new HeldTokens(keycloakSession, this, link, userSession, user)
                .or(() -> super.retrieveToken(keycloakSession, link, null, user)); // a logout's note is none to read
    }

    @Override
    public void authenticationFinished(AuthenticationSessionModel authSession, BrokeredIdentityContext identity) {
        super.authenticationFinished(authSession, identity);
        SessionTokens.note(identity, authSession);
    }

    @Override
    public void backchannelLogout(
            KeycloakSession keycloakSession, UserSessionModel userSession, UriInfo uri, RealmModel realm) {
        new LogoutRevocation(keycloakSession, this).atEndOf(userSession);
    }

    /** No page of the provider's is on the way. */
    @Override
    public Response keycloakInitiatedBrowserLogout(
            KeycloakSession keycloakSession, UserSessionModel userSession, UriInfo uri, RealmModel realm) {
        backchannelLogout(keycloakSession, userSession, uri, realm);
        return null;
    }

    /** {@code null} if the provider's redirect had none. */
    private String callbackParameter(String name) {
        return session.getContext().getUri().getQueryParameters().getFirst(name);
    }

    /** What came with the code beside it, unsigned: {@code null} for most. */
    String user() {
        return null;
    }

    /** The end of a browser login: the same evidence as an exchange of the same person, read by the same rules. */
    @Override
    public final BrokeredIdentityContext getFederatedIdentity(String response) {
        JsonNode tokens = StrictJson.read(response)
                .map(descriptor.oauth2().orElseThrow().dialect()::standard)
                .orElseThrow(() -> new IdentityBrokerException("The token endpoint's answer is not JSON"));
        AuthenticationSessionModel authSession = session.getContext().getAuthenticationSession();
        String nonce = authSession == null ? null : authSession.getClientNote(NONCE);
        try {
            Evidence evidence = new ProviderTokens(new KeycloakSurroundings(session), this).read(tokens, nonce, user());
            BrokeredIdentityContext identity = BrokeredIdentities.of(this, evidence);
            long now = new KeycloakSurroundings(session).now();
            StoredTokens stored = StoredTokens.of(tokens, descriptor.kept(), this::callbackParameter, now);
            SessionTokens.keep(stored, identity);
            new LogoutRevocation(session, this).keep(tokens, identity);
            return identity;
        } catch (ExchangeException refused) {
            throw RefusedLogin.ofAnswer(session, getConfig().getAlias(), refused);
        }
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        return new DescribedIdentity(getConfig(), evidence.placesIn(descriptor)).of(evidence);
    }

    @Override
    public void preprocessFederatedIdentity(
            KeycloakSession keycloakSession, RealmModel realm, BrokeredIdentityContext identity) {
        super.preprocessFederatedIdentity(keycloakSession, realm, identity);
        FormerId.settle(keycloakSession, identity);
        DescribedIdentity.leaveNames(keycloakSession, identity);
    }

    @Override
    protected String getDefaultScopes() {
        return "";
    }

    @Override
    public Object callback(RealmModel realm, AuthenticationCallback callback, EventBuilder event) {
        return super.callback(realm, new BrowserCallback(session, event, callback), event);
    }

    @Override
    public void updateBrokeredUser(
            KeycloakSession keycloakSession, RealmModel realm, UserModel user, BrokeredIdentityContext identity) {
        ClosedLink.refuse(keycloakSession, user, identity);
        super.updateBrokeredUser(keycloakSession, realm, user, identity);
    }

    @Override
    protected void updateEmail(UserModel user, BrokeredIdentityContext context) {
        OthersAddress.leave(session, user, context, super::updateEmail);
    }

    @Override
    protected void setEmailVerified(UserModel user, BrokeredIdentityContext context) {
        VerifiedFlag.set(user, context, super::setEmailVerified);
    }
}
