package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Rehearsal;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.organization.utils.Organizations;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.StringUtil;

/**
 * The first login of somebody whom the realm does not know: the provider's first-broker-login flow, headless, and the link.
 *
 * @param identity as the flow has left it
 * @param created the user is new; false if the person was linked to a user
 */
record FirstLogin(BrokeredIdentityContext identity, boolean created) {

    /**
     * @param authSession knows the user afterwards
     * @param event of the first login, in this session
     * @throws ExchangeException if the flow does not come to its end; the caller's transaction is then to be rolled back
     */
    static FirstLogin run(
            KeycloakSession session,
            Identities identities,
            BrokeredPerson person,
            BrokeredIdentityContext identity,
            AuthenticationSessionModel authSession,
            EventBuilder event) {
        if (Rehearsal.is(session) && RegisteringStorage.isThere(session)) {
            throw ExchangeException.setupFaulty(Rehearsal.ENDS_AT_USER_STORAGE);
        }
        if (identity.getIdpConfig().isTransientUsers()) {
            throw ExchangeException.refuse(
                    ExchangeError.LOGIN_REQUIRED, "This provider's users are not stored", "transient_users");
        }
        Rehearsal.journal(session).look(Look.FIRST_LOGIN_FLOW);
        identity.setModelUsername(username(session.getContext().getRealm(), identity));
        joinOrganization(session, identity);
        AuthenticationProcessor.resetFlow(authSession, LoginActionsService.FIRST_BROKER_LOGIN_PATH);
        SerializedBrokeredIdentityContext.serialize(identity)
                .saveToAuthenticationSession(authSession, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
        new HeadlessFlow(session, event.clone(), person.vouchedAddress(identity))
                .run(
                        authSession,
                        BrowserSteps.firstLoginFlow(session.getContext().getRealm(), identity.getIdpConfig()),
                        LoginActionsService.FIRST_BROKER_LOGIN_PATH);
        session.getContext().setOrganization(null); // a browser goes on with another request, which knows of none
        BrokeredIdentityContext reviewed = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                        authSession, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE)
                .deserialize(session, authSession);
        authSession.removeAuthNote(AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
        Rehearsal.journal(session).look(Look.LINK);
        boolean created = new NewLink(session, identities, event).link(reviewed, authSession);
        event.success();
        return new FirstLogin(reviewed, created);
    }

    /** Keycloak's own rule. A blank name would make the flow start over without the identity. */
    private static String username(RealmModel realm, BrokeredIdentityContext identity) {
        if (realm.isRegistrationEmailAsUsername()) {
            if (StringUtil.isBlank(identity.getEmail())) {
                throw ExchangeException.refuse(
                        ExchangeError.PROFILE_INCOMPLETE, "The account has no e-mail address, which is needed here");
            }
            return identity.getEmail().strip();
        }
        String username = identity.getModelUsername() == null ? identity.getUsername() : identity.getModelUsername();
        return username.strip();
    }

    /** Without this the flow's last step does not make the new user a member (26.7). */
    private static void joinOrganization(KeycloakSession session, BrokeredIdentityContext identity) {
        String organizationId = identity.getIdpConfig().getOrganizationId();
        if (organizationId != null && Organizations.isEnabled(session)) {
            session.getContext()
                    .setOrganization(
                            session.getProvider(OrganizationProvider.class).getById(organizationId));
            session.setAttribute(BrokeredIdentityContext.class.getName(), identity);
        }
    }
}
