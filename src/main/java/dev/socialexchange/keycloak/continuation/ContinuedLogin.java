package dev.socialexchange.keycloak.continuation;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.login.Availability;
import dev.socialexchange.keycloak.login.ContinuedSession;
import dev.socialexchange.keycloak.login.Identities;
import dev.socialexchange.keycloak.login.KnownUser;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.LinkMark;
import dev.socialexchange.keycloak.provider.ProvenAt;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.protocol.RestartLoginCookie;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel;
import org.keycloak.sessions.RootAuthenticationSessionModel;

/**
 * Goes on with a verified account on the realm's own pages, in the browser that has asked for it, as
 * {@code IdentityBrokerService.authenticated} (26.7) does with an account that came by browser.
 */
@Mirrors(
        type = "org.keycloak.services.resources.IdentityBrokerService",
        methods = {"authenticated", "finishOrRedirectToPostBrokerLogin", "finishBrokerAuthentication"})
public final class ContinuedLogin {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final ClientModel client;
    private final Continuation continuation;
    private final EventBuilder event;

    /** @param continuation taken from the store, so that nobody else can go on with it */
    public ContinuedLogin(KeycloakSession session, ClientModel client, Continuation continuation, EventBuilder event) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.client = client;
        this.continuation = continuation;
        this.event = event;
    }

    /**
     * @param root bound to the browser by its cookie
     * @return a redirect to the realm's page, or to the client if nothing is asked any more; empty if the client's policies
     *     or the account's state forbid to go on
     */
    public Optional<Response> start(RootAuthenticationSessionModel root) {
        session.getContext().setClient(client);
        AuthenticationSessionModel authSession = root.createAuthenticationSession(client);
        AuthorizationRules rules =
                new AuthorizationRules(session, client, continuation.wanted(), continuation.interaction());
        prepare(authSession, rules);
        if (rules.obstacle(authSession).isPresent()) {
            root.removeAuthenticationSessionByTabId(authSession.getTabId());
            return Optional.empty();
        }
        SerializedBrokeredIdentityContext account = continuation.account().read();
        BrokeredIdentityContext identity = account.deserialize(session, authSession);
        long proven = BrokeredIdentities.issuedAt(identity).orElse(0L); // a node with an older version has not said it
        ProvenAt.noteWaiting(authSession, continuation.account().alias(), proven);
        UserModel user = continuation.account().linkedUser(session);
        if (user == null) {
            return Optional.of(firstLogin(authSession, account));
        }
        if (Availability.refusal(session, user).isPresent()
                || LinkMark.refusal(user, identity).isPresent()) {
            root.removeAuthenticationSessionByTabId(authSession.getTabId());
            return Optional.empty();
        }
        authSession.setAuthenticatedUser(user);
        authSession.setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, user.getUsername());
        event.user(user).detail(Details.USERNAME, user.getUsername());
        session.getContext().setAuthenticationSession(authSession);
        new KnownUser(session, new Identities(session)).note(identity, user);
        RestartLoginCookie.setRestartCookie(session, authSession);
        return Optional.of(
                identity.getIdpConfig().getPostBrokerLoginFlowId() == null
                        ? finish(authSession, identity)
                        : postLogin(authSession, account));
    }

    private void prepare(AuthenticationSessionModel authSession, AuthorizationRules rules) {
        authSession.setProtocol(OIDCLoginProtocol.LOGIN_PROTOCOL);
        authSession.setAction(CommonClientSessionModel.Action.AUTHENTICATE.name());
        rules.write(authSession);
        VerifiedAccount account = continuation.account();
        ContinuedSession.mark(authSession, account.alias(), account.read().getId(), account.shown());
        event.detail(Details.CODE_ID, authSession.getParentSession().getId())
                .detail(Details.REDIRECT_URI, authSession.getRedirectUri());
    }

    private Response firstLogin(AuthenticationSessionModel authSession, SerializedBrokeredIdentityContext account) {
        AuthenticationProcessor.resetFlow(authSession, LoginActionsService.FIRST_BROKER_LOGIN_PATH);
        authSession.setAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME, account.getBrokerUsername());
        account.saveToAuthenticationSession(authSession, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
        RestartLoginCookie.setRestartCookie(session, authSession);
        return redirect(
                authSession,
                LoginActionsService.firstBrokerLoginProcessor(
                        session.getContext().getUri()));
    }

    private Response postLogin(AuthenticationSessionModel authSession, SerializedBrokeredIdentityContext account) {
        account.saveToAuthenticationSession(authSession, PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        authSession.setAuthNote(PostBrokerLoginConstants.PBL_AFTER_FIRST_BROKER_LOGIN, Boolean.FALSE.toString());
        return redirect(
                authSession,
                LoginActionsService.postBrokerLoginProcessor(
                        session.getContext().getUri()));
    }

    private Response redirect(AuthenticationSessionModel authSession, UriBuilder page) {
        page.queryParam(Constants.CLIENT_ID, client.getClientId())
                .queryParam(Constants.TAB_ID, authSession.getTabId())
                .queryParam(Constants.CLIENT_DATA, AuthenticationProcessor.getClientData(session, authSession));
        return Response.seeOther(page.build(realm.getName())).build();
    }

    /** Required actions and consent have pages of their own; here their forms would lead nowhere. */
    private Response finish(AuthenticationSessionModel authSession, BrokeredIdentityContext identity) {
        authSession.setAuthNote(AuthenticationProcessor.BROKER_SESSION_ID, identity.getBrokerSessionId());
        authSession.setAuthNote(AuthenticationProcessor.BROKER_USER_ID, identity.getBrokerUserId());
        authSession.setUserSessionNote(
                Details.IDENTITY_PROVIDER, identity.getIdpConfig().getAlias());
        authSession.setUserSessionNote(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername());
        AuthenticationManager.setClientScopesInSession(session, authSession);
        String action = AuthenticationManager.nextRequiredAction(
                session, authSession, session.getContext().getHttpRequest(), event);
        if (action != null) {
            return AuthenticationManager.redirectToRequiredActions(
                    session, realm, authSession, session.getContext().getUri(), action);
        }
        return AuthenticationManager.finishedRequiredActions(
                session,
                authSession,
                null,
                session.getContext().getConnection(),
                session.getContext().getHttpRequest(),
                session.getContext().getUri(),
                event);
    }
}
