package dev.socialexchange.keycloak.continuation;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.login.LoginRequest;
import dev.socialexchange.keycloak.login.RequestedLevel;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.Optional;
import java.util.Set;
import org.keycloak.OAuth2Constants;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.OIDCConfigAttributes;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequest;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequestParserProcessor;
import org.keycloak.protocol.oidc.endpoints.request.AuthorizationEndpointRequestParserProcessor.EndpointType;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.protocol.oidc.utils.RedirectUtils;
import org.keycloak.services.Urls;
import org.keycloak.services.clientpolicy.ClientPolicyException;
import org.keycloak.services.clientpolicy.context.AuthorizationRequestContext;
import org.keycloak.services.clientpolicy.context.PreAuthorizationRequestContext;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.StringUtil;

/**
 * Whether the client could send the authorization request that a continuation stands for, as Keycloak's authorization
 * endpoint (26.7) judges it. Obstacles are constants, for events.
 */
@Mirrors(
        type = "org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint",
        methods = {"process", "checkClient"})
final class AuthorizationRules {
    private static final Set<String> REQUEST_OBJECT_DEMANDED = Set.of(
            OIDCConfigAttributes.REQUEST_OBJECT_REQUIRED_REQUEST_OR_REQUEST_URI,
            OIDCConfigAttributes.REQUEST_OBJECT_REQUIRED_REQUEST,
            OIDCConfigAttributes.REQUEST_OBJECT_REQUIRED_REQUEST_URI);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel client;
    private final LoginRequest wanted;
    private final ReturnAddress interaction;

    AuthorizationRules(KeycloakSession session, ClientModel client, LoginRequest wanted, ReturnAddress interaction) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.client = client;
        this.wanted = wanted;
        this.interaction = interaction;
    }

    /** What the client's settings say, now. */
    Optional<String> obstacle() {
        if (!client.isEnabled() || client.isBearerOnly() || !isOpenIdConnect()) {
            return Optional.of("client_disabled");
        }
        if (!client.isStandardFlowEnabled()) {
            return Optional.of("standard_flow_off");
        }
        if (RedirectUtils.verifyRedirectUri(session, interaction.redirectUri(), client) == null) {
            return Optional.of("redirect_uri_not_registered");
        }
        if (realm.getParPolicy().isRequirePushedAuthorizationRequests(client)) {
            return Optional.of("par_required");
        }
        OIDCAdvancedConfigWrapper settings = OIDCAdvancedConfigWrapper.fromClientModel(client);
        if (REQUEST_OBJECT_DEMANDED.contains(String.valueOf(settings.getRequestObjectRequired()))) {
            return Optional.of("request_object_required");
        }
        String pkce = settings.getPkceCodeChallengeMethod();
        if (StringUtil.isNotBlank(pkce) && !pkce.equals(OAuth2Constants.PKCE_METHOD_S256)) {
            return Optional.of("challenge_method_not_allowed");
        }
        return TokenManager.isValidScope(session, wanted.scope(), client, null)
                ? Optional.empty()
                : Optional.of("scope_not_allowed");
    }

    private boolean isOpenIdConnect() {
        return client.getProtocol() == null || client.getProtocol().equals(OIDCLoginProtocol.LOGIN_PROTOCOL);
    }

    /** What the client policies say; some of them leave notes in the authentication session. */
    Optional<String> obstacle(AuthenticationSessionModel authSession) {
        MultivaluedMap<String, String> parameters = parameters();
        try {
            session.clientPolicy().triggerOnEvent(new PreAuthorizationRequestContext(client.getClientId(), parameters));
            AuthorizationEndpointRequest request = AuthorizationEndpointRequestParserProcessor.parseRequest(
                    new EventBuilder(realm, session), session, client, parameters, EndpointType.OIDC_AUTH_ENDPOINT);
            session.clientPolicy()
                    .triggerOnEvent(new AuthorizationRequestContext(
                            OIDCResponseType.parse(OIDCResponseType.CODE),
                            request,
                            interaction.redirectUri(),
                            parameters,
                            authSession));
            return request.getInvalidRequestMessage() == null ? Optional.empty() : Optional.of("request_invalid");
        } catch (ClientPolicyException refused) {
            return Optional.of("client_policy");
        } catch (WebApplicationException unreadable) {
            return Optional.of("request_invalid");
        }
    }

    private MultivaluedMap<String, String> parameters() {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.add(OAuth2Constants.CLIENT_ID, client.getClientId());
        parameters.add(OAuth2Constants.RESPONSE_TYPE, OIDCResponseType.CODE);
        parameters.add(OAuth2Constants.REDIRECT_URI, interaction.redirectUri());
        parameters.add(OAuth2Constants.CODE_CHALLENGE, interaction.codeChallenge());
        parameters.add(OAuth2Constants.CODE_CHALLENGE_METHOD, OAuth2Constants.PKCE_METHOD_S256);
        add(parameters, OAuth2Constants.SCOPE, wanted.scope());
        add(parameters, OIDCLoginProtocol.ACR_PARAM, wanted.acrValues());
        add(parameters, OAuth2Constants.STATE, interaction.state());
        add(parameters, OIDCLoginProtocol.NONCE_PARAM, interaction.nonce());
        return parameters;
    }

    private static void add(MultivaluedMap<String, String> parameters, String name, String value) {
        if (value != null) {
            parameters.add(name, value);
        }
    }

    /** As the endpoint writes it into the session, for the code and the tokens that come of it. */
    void write(AuthenticationSessionModel authSession) {
        authSession.setRedirectUri(RedirectUtils.verifyRedirectUri(session, interaction.redirectUri(), client));
        authSession.setClientNote(
                OIDCLoginProtocol.ISSUER,
                Urls.realmIssuer(session.getContext().getUri().getBaseUri(), realm.getName()));
        parameters().forEach((name, values) -> authSession.setClientNote(name, values.get(0)));
        new RequestedLevel(client, wanted.acrValues()).write(authSession);
    }
}
