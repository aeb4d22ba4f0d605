package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.Rehearsal;
import dev.socialexchange.keycloak.login.BrokeredUser;
import dev.socialexchange.keycloak.telemetry.Telemetry;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.common.util.Time;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientSessionContext;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.TokenExchangeContext;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.protocol.oidc.TokenManager.AccessTokenResponseBuilder;
import org.keycloak.representations.AccessToken;
import org.keycloak.representations.AccessTokenResponse;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.UserSessionManager;
import org.keycloak.services.util.MtlsHoKTokenUtil;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.TokenUtil;

/** Issues realm tokens with Keycloak's own token manager, in the transaction of the login. */
final class TokenIssuer {
    private final TokenExchangeContext context;
    private final BrokeredUser person;
    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel client;
    private final EventBuilder event;

    /** @param context of the request, whose session and models are not the login's */
    TokenIssuer(TokenExchangeContext context, BrokeredUser person) {
        this.context = context;
        this.person = person;
        this.session = person.session();
        this.realm = session.getContext().getRealm();
        this.client = session.getContext().getClient();
        this.event = person.event();
    }

    AccessTokenResponse issue(ExchangeRequest request) {
        Rehearsal.journal(session).look(Look.TOKENS, () -> null, request.requested()::name);
        return Telemetry.of(session)
                .spans()
                .around(
                        "tokens",
                        () -> ForeignCode.call(
                                () -> "tokens of client " + client.getClientId(), () -> issued(request)));
    }

    private AccessTokenResponse issued(ExchangeRequest request) {
        ClientModel[] audience =
                request.audience().stream().map(realm::getClientByClientId).toArray(ClientModel[]::new);
        ClientSessionContext clientSession = clientSession(request.requested().isTransient());
        UserSessionModel userSession = clientSession.getClientSession().getUserSession();
        if (audience.length > 0) {
            clientSession.setAttribute(Constants.REQUESTED_AUDIENCE_CLIENTS, audience);
        }
        AccessTokenResponseBuilder builder = ((TokenManager) context.getTokenManager())
                .responseBuilder(realm, client, event, session, userSession, clientSession)
                .generateAccessToken();
        requireAudience(builder.getAccessToken(), request.audience());
        boolean refreshes = !request.requested().isTransient() && refreshToken(builder, clientSession, userSession);
        bindToCertificate(builder, refreshes);
        if (request.requested().isTransient()) {
            builder.getAccessToken().setSessionId(null); // nobody could log it out
            event.session((String) null);
        }
        AccessTokenResponse response =
                request.requested() == RequestedToken.ID ? idTokenAlone(builder) : tokens(builder, clientSession);
        String issued = request.requested().issued(refreshes);
        response.setOtherClaims(OAuth2Constants.ISSUED_TOKEN_TYPE, issued);
        response.setOtherClaims("user_created", person.created());
        event.detail(Details.REQUESTED_TOKEN_TYPE, issued);
        if (!Rehearsal.is(session)) { // which forgets failed logins, in a transaction of its own
            AuthenticationManager.logSuccess(session, person.authSession());
        }
        return response;
    }

    /** As {@code AuthenticationProcessor.attachSession} (26.7), which knows nothing of scopes that a client policy withholds. */
    @Mirrors(type = "org.keycloak.authentication.AuthenticationProcessor", methods = "attachSession")
    private ClientSessionContext clientSession(boolean isTransient) {
        AuthenticationSessionModel authSession = person.authSession();
        AuthenticationManager.setClientScopesInSession(session, authSession);
        UserSessionModel userSession = new UserSessionManager(session)
                .createUserSession(
                        authSession.getParentSession().getId(),
                        realm,
                        person.user(),
                        person.user().getUsername(),
                        context.getClientConnection().getRemoteHost(),
                        authSession.getProtocol(),
                        false,
                        authSession.getAuthNote(AuthenticationProcessor.BROKER_SESSION_ID),
                        authSession.getAuthNote(AuthenticationProcessor.BROKER_USER_ID),
                        isTransient ? SessionPersistenceState.TRANSIENT : SessionPersistenceState.PERSISTENT);
        userSession.setState(UserSessionModel.State.LOGGED_IN);
        userSession.setNote(
                AuthenticationManager.AUTH_TIME,
                String.valueOf(TimeUnit.MILLISECONDS.toSeconds(Time.currentTimeMillis())));
        session.getContext().setUserSession(userSession);
        context.getClientAuthAttributes().forEach(userSession::setNote);
        event.session(userSession);
        // attaching makes one if there is none, but Keycloak (26.7) asks the database for it first
        session.sessions().createClientSession(realm, client, userSession);
        ClientSessionContext clientSession = TokenManager.attachAuthenticationSession(
                session, userSession, authSession, context.getRestrictedScopes(), false);
        clientSession.setAttribute(Constants.GRANT_TYPE, OAuth2Constants.TOKEN_EXCHANGE_GRANT_TYPE);
        return clientSession;
    }

    /** {@code audience} only narrows: a client that the token would not reach anyway is not added. */
    private static void requireAudience(AccessToken token, List<String> requested) {
        List<String> granted = token.getAudience() == null ? List.of() : Arrays.asList(token.getAudience());
        if (!granted.containsAll(requested)) {
            throw ExchangeException.refuse(ExchangeError.AUDIENCE_INVALID);
        }
    }

    private boolean refreshToken(
            AccessTokenResponseBuilder builder, ClientSessionContext clientSession, UserSessionModel userSession) {
        boolean offline = clientSession.isOfflineTokenRequested();
        if (offline && !new UserSessionManager(session).isOfflineTokenAllowed(clientSession)) {
            throw ExchangeException.refuse(ExchangeError.SCOPE_INVALID, "offline_access is not allowed here");
        }
        if (!OIDCAdvancedConfigWrapper.fromClientModel(client).isUseRefreshToken()) {
            return false;
        }
        builder.generateRefreshToken();
        if (TokenUtil.TOKEN_TYPE_OFFLINE.equals(builder.getRefreshToken().getType())) {
            session.sessions().removeUserSession(realm, userSession); // as the password grant does
        }
        return true;
    }

    /** RFC 8705, as Keycloak's grants do it; DPoP binds by a token mapper. */
    private void bindToCertificate(AccessTokenResponseBuilder builder, boolean refreshes) {
        if (!OIDCAdvancedConfigWrapper.fromClientModel(client).isUseMtlsHokToken()) {
            return;
        }
        AccessToken.Confirmation confirmation = MtlsHoKTokenUtil.bindTokenWithClientCertificate(
                session.getContext().getHttpRequest(), session);
        if (confirmation == null) {
            throw ExchangeException.refuse(
                    ExchangeError.PARAMETER_INVALID,
                    "This client's tokens are bound to a certificate, and none was sent");
        }
        builder.getAccessToken().setConfirmation(confirmation);
        if (refreshes) {
            builder.getRefreshToken().setConfirmation(confirmation);
        }
    }

    private static AccessTokenResponse tokens(AccessTokenResponseBuilder builder, ClientSessionContext clientSession) {
        String scope = clientSession.getClientSession().getNote(OAuth2Constants.SCOPE);
        if (TokenUtil.isOIDCRequest(scope)) {
            builder.generateIDToken().generateAccessTokenHash();
        }
        return builder.build();
    }

    private static AccessTokenResponse idTokenAlone(AccessTokenResponseBuilder builder) {
        AccessTokenResponse response = builder.generateIDToken().build();
        response.setToken(response.getIdToken());
        response.setIdToken(null);
        response.setTokenType(TokenUtil.TOKEN_TYPE_NA);
        return response;
    }
}
