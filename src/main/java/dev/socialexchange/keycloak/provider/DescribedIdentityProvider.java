package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.net.Outcome;
import jakarta.ws.rs.core.UriBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.social.SocialIdentityProvider;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.http.simple.SimpleHttp;
import org.keycloak.http.simple.SimpleHttpRequest;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.Booleans;

/** An identity provider that Keycloak lacks, made from its descriptor: browser login and token exchange. */
class DescribedIdentityProvider extends AbstractOAuth2IdentityProvider<OAuth2IdentityProviderConfig>
        implements SocialIdentityProvider<OAuth2IdentityProviderConfig>, ExchangeIdentityProvider {
    private static final String NONCE = "SOCIAL_EXCHANGE_NONCE";

    private final Descriptor descriptor;

    DescribedIdentityProvider(KeycloakSession session, OAuth2IdentityProviderConfig config, Descriptor descriptor) {
        super(session, configured(config, descriptor));
        this.descriptor = descriptor;
    }

    /** Fills in what the descriptor knows, before Keycloak's constructor looks at it. */
    private static OAuth2IdentityProviderConfig configured(OAuth2IdentityProviderConfig config, Descriptor descriptor) {
        Descriptor.OAuth2 oauth2 = descriptor.oauth2();
        config.setAuthorizationUrl(oauth2.authorizationUrl());
        config.setTokenUrl(oauth2.tokenUrl());
        if (oauth2.scope() != null
                && (config.getDefaultScope() == null || config.getDefaultScope().isBlank())) {
            config.setDefaultScope(oauth2.scope());
        }
        if (descriptor.authorizationCode() != null) {
            boolean basic = descriptor.authorizationCode().auth() == CallTemplate.Auth.BASIC;
            config.setClientAuthMethod(
                    basic ? OIDCLoginProtocol.CLIENT_SECRET_BASIC : OIDCLoginProtocol.CLIENT_SECRET_POST);
            if (descriptor.authorizationCode().pkce() == Descriptor.Pkce.REQUIRED) {
                config.setPkceEnabled(true);
                config.setPkceMethod(OAuth2Constants.PKCE_METHOD_S256);
            }
        }
        OidcEndpoints.rewrite(config, DescribedConfig.endpoints(descriptor, config.getConfig()));
        return config;
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
        String clientId = descriptor.oauth2().parameter(OAUTH2_PARAMETER_CLIENT_ID);
        if (!clientId.equals(OAUTH2_PARAMETER_CLIENT_ID)) {
            url.replaceQueryParam(OAUTH2_PARAMETER_CLIENT_ID, new Object[0]);
            url.queryParam(clientId, getConfig().getClientId());
        }
        if (descriptor.idToken() != null && !descriptor.idToken().withoutNonce()) {
            String nonce = SecretGenerator.getInstance().generateSecureID();
            request.getAuthenticationSession().setClientNote(NONCE, nonce);
            url.queryParam(OIDCLoginProtocol.NONCE_PARAM, nonce);
        }
        return url;
    }

    /** Keycloak's own request for tokens, code or refresh, in this provider's words. */
    @Override
    public SimpleHttpRequest authenticateTokenRequest(SimpleHttpRequest standard) {
        SimpleHttpRequest request = super.authenticateTokenRequest(standard);
        if (OAUTH2_GRANT_TYPE_REFRESH_TOKEN.equals(request.getParam(OAUTH2_PARAMETER_GRANT_TYPE))) {
            String refreshUrl = endpoints().rewrite(descriptor.oauth2().refreshUrl());
            return inOwnWords(request, refreshUrl == null ? request.getUrl() : refreshUrl);
        }
        Descriptor.Code code = descriptor.authorizationCode();
        for (String further : code == null ? List.<String>of() : code.parameters()) {
            String value = session.getContext().getUri().getQueryParameters().getFirst(further);
            if (value != null) {
                request.param(further, value);
            }
        }
        return inOwnWords(request, request.getUrl());
    }

    private SimpleHttpRequest inOwnWords(SimpleHttpRequest request, String url) {
        Descriptor.OAuth2 oauth2 = descriptor.oauth2();
        if (oauth2.parameters().isEmpty() && !oauth2.tokenByGet() && url.equals(request.getUrl())) {
            return request;
        }
        SimpleHttp http = SimpleHttp.create(session);
        SimpleHttpRequest own = oauth2.tokenByGet() ? http.doGet(url) : http.doPost(url);
        if (request.getHeaders() != null) { // what it is while there is none (26.7)
            request.getHeaders().forEach(own::header);
        }
        request.getParams().forEach((name, value) -> own.param(oauth2.parameter(name), value));
        return own;
    }

    /** The end of a browser login: the same evidence as an exchange of the same person, read by the same rules. */
    @Override
    public final BrokeredIdentityContext getFederatedIdentity(String response) {
        JsonNode tokens = Outcome.Answer.parse(response.getBytes(StandardCharsets.UTF_8))
                .orElseThrow(() -> new IdentityBrokerException("The token endpoint's answer is not JSON"));
        AuthenticationSessionModel authSession = session.getContext().getAuthenticationSession();
        String nonce = authSession == null ? null : authSession.getClientNote(NONCE);
        try {
            Evidence evidence = session.getProvider(TokenReader.class).read(this, tokens, nonce);
            BrokeredIdentityContext identity = BrokeredIdentities.of(this, evidence);
            if (Booleans.isTrue(getConfig().isStoreToken())) {
                identity.setToken(response);
            }
            return identity;
        } catch (ExchangeException refused) {
            throw new IdentityBrokerException(
                    "The provider's answer cannot be used: " + refused.error().reason());
        }
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        JsonNode document = evidence.document();
        Descriptor.Identity pointers = descriptor.identity();
        BrokeredIdentityContext identity = new BrokeredIdentityContext(getConfig());
        identity.setId(pointers.subject(document).orElse(null));
        identity.setEmail(pointers.email().text(document).orElse(null));
        identity.setUsername(pointers.username()
                .text(document)
                .or(() -> pointers.email().text(document))
                .orElse(identity.getId()));
        Optional<String> givenName = pointers.givenName().text(document);
        Optional<String> familyName = pointers.familyName().text(document);
        if (givenName.isEmpty() && familyName.isEmpty()) {
            BrokeredIdentities.setFullName(
                    identity, pointers.name().text(document).orElse(null));
        } else {
            identity.setFirstName(givenName.orElse(null));
            identity.setLastName(familyName.orElse(null));
        }
        AbstractJsonUserAttributeMapper.storeUserProfileForMapper(
                identity, document, getConfig().getAlias());
        return identity;
    }

    @Override
    protected String getDefaultScopes() {
        return "";
    }

    @Override
    protected void setEmailVerified(UserModel user, BrokeredIdentityContext context) {
        VerifiedFlag.set(user, context, super::setEmailVerified);
    }
}
