package dev.socialexchange.keycloak.broker;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.Booleans;

/** Maps a brokered person onto a realm user, by the realm's own flows and rules, without a browser. */
public final class BrokeredLogin {
    private final KeycloakSession session;
    private final EventBuilder event;
    private final String scope;

    /** @param scope the requested one, which decides about consent */
    public BrokeredLogin(KeycloakSession session, EventBuilder event, String scope) {
        this.session = session;
        this.event = event;
        this.scope = scope;
    }

    /** @throws ExchangeException if the person may not or cannot log in; the caller rolls the session back */
    public BrokeredUser login(BrokeredPerson person) {
        RealmModel realm = session.getContext().getRealm();
        Identities identities = new Identities(session);
        BrokeredIdentityContext identity = identities.of(person);
        event.detail(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername());
        if (Booleans.isTrue(identity.getIdpConfig().isLinkOnly())) {
            throw ExchangeException.refuse(
                    ExchangeError.LINKING_ONLY, "This provider links accounts and does not sign in");
        }
        boolean risky = RiskyUpdate.mayHappen(session, identity);
        if (risky) {
            new RiskyUpdate(session, person, scope).run();
        }
        UserModel known = identities.linkedUser(identity);
        FirstLogin.Result first = known != null ? null : new FirstLogin(session, person, scope).run(identity.getId());
        UserModel user = known != null ? known : session.users().getUserById(realm, first.userId());
        if (user == null) {
            throw ExchangeException.unavailable("user_removed_meanwhile", 1);
        }
        event.user(user).detail(Details.USERNAME, user.getUsername());
        Availability.refusal(session, user).ifPresent(refused -> {
            throw refused;
        });

        AuthenticationSessionModel authSession = AuthSessions.create(session, scope);
        authSession.setAuthenticatedUser(user);
        identity.setAuthenticationSession(authSession);
        if (known != null && !risky) {
            new KnownUser(session, identities).update(identity, user);
        }
        boolean created = first != null && first.created();
        runPostBrokerFlow(person, identity, authSession, created);
        note(identity, authSession);
        new Requirements(session).requireNone(authSession, event);
        return new BrokeredUser(user, authSession, created);
    }

    private void runPostBrokerFlow(
            BrokeredPerson person,
            BrokeredIdentityContext identity,
            AuthenticationSessionModel authSession,
            boolean created) {
        String flowId = identity.getIdpConfig().getPostBrokerLoginFlowId();
        if (flowId == null) {
            return;
        }
        SerializedBrokeredIdentityContext.serialize(identity)
                .saveToAuthenticationSession(authSession, PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        authSession.setAuthNote(PostBrokerLoginConstants.PBL_AFTER_FIRST_BROKER_LOGIN, String.valueOf(created));
        authSession.setAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH, LoginActionsService.POST_BROKER_LOGIN_PATH);
        new HeadlessFlow(session, event.clone(), person.vouchedAddress(identity))
                .run(authSession, flowId, LoginActionsService.POST_BROKER_LOGIN_PATH);
        authSession.removeAuthNote(PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        authSession.removeAuthNote(PostBrokerLoginConstants.PBL_AFTER_FIRST_BROKER_LOGIN);
    }

    /** What a browser login leaves in the session, except the provider's token. */
    private static void note(BrokeredIdentityContext identity, AuthenticationSessionModel authSession) {
        authSession.setAuthNote(AuthenticationProcessor.BROKER_SESSION_ID, identity.getBrokerSessionId());
        authSession.setAuthNote(AuthenticationProcessor.BROKER_USER_ID, identity.getBrokerUserId());
        authSession.setUserSessionNote(
                Details.IDENTITY_PROVIDER, identity.getIdpConfig().getAlias());
        authSession.setUserSessionNote(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername());
        authSession.setUserSessionNote(Details.AUTH_METHOD, "token_exchange");
    }
}
