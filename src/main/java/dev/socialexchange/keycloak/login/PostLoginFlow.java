package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.Rehearsal;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** The flow that an administrator has bound to a provider, for after each login by it: without a browser, as the rest of an exchange. */
final class PostLoginFlow {
    private final KeycloakSession session;
    private final BrokeredPerson person;
    private final EventBuilder event;
    private final AuthenticationSessionModel authSession;

    PostLoginFlow(
            KeycloakSession session,
            BrokeredPerson person,
            EventBuilder event,
            AuthenticationSessionModel authSession) {
        this.session = session;
        this.person = person;
        this.event = event;
        this.authSession = authSession;
    }

    /** @param created whether this login has made the user */
    @Mirrors(
            type = "org.keycloak.services.resources.IdentityBrokerService",
            methods = "finishOrRedirectToPostBrokerLogin")
    void run(BrokeredIdentityContext reviewed, boolean created) {
        String flowId = reviewed.getIdpConfig().getPostBrokerLoginFlowId();
        if (flowId == null) {
            return;
        }
        Rehearsal.journal(session).look(Look.POST_LOGIN_FLOW);
        SerializedBrokeredIdentityContext.serialize(reviewed)
                .saveToAuthenticationSession(authSession, PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        authSession.setAuthNote(PostBrokerLoginConstants.PBL_AFTER_FIRST_BROKER_LOGIN, String.valueOf(created));
        authSession.setAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH, LoginActionsService.POST_BROKER_LOGIN_PATH);
        new HeadlessFlow(session, event.clone(), person.vouchedAddress(reviewed))
                .run(authSession, flowId, LoginActionsService.POST_BROKER_LOGIN_PATH);
        authSession.removeAuthNote(PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        authSession.removeAuthNote(PostBrokerLoginConstants.PBL_AFTER_FIRST_BROKER_LOGIN);
    }
}
