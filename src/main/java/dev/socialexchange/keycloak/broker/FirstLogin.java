package dev.socialexchange.keycloak.broker;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.organization.utils.Organizations;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.StringUtil;

/**
 * The first login of somebody whom the realm does not know: the provider's first-broker-login flow, headless and in a
 * transaction of its own, which is committed only if the flow comes to its end.
 */
final class FirstLogin {
    private final KeycloakSession outer;
    private final BrokeredPerson person;
    private final String scope;

    FirstLogin(KeycloakSession outer, BrokeredPerson person, String scope) {
        this.outer = outer;
        this.person = person;
        this.scope = scope;
    }

    /** @param created by this attempt; false if the person was linked to a user, or another request was faster */
    record Result(String userId, boolean created) {}

    Result run(String subject) {
        RealmModel realm = outer.getContext().getRealm();
        return new LinkGuard(outer, realm, person.alias(), subject)
                .holding(() -> new OwnTransaction(outer).run(this::attempt));
    }

    private Result attempt(KeycloakSession session) {
        Identities identities = new Identities(session);
        BrokeredIdentityContext identity = identities.of(person);
        UserModel linked = identities.linkedUser(identity);
        if (linked != null) {
            return new Result(linked.getId(), false);
        }
        IdentityProviderModel provider = identity.getIdpConfig();
        if (provider.isTransientUsers()) {
            throw ExchangeException.refuse(
                    ExchangeError.LOGIN_REQUIRED, "This provider's users are not stored", "transient_users");
        }
        RealmModel realm = session.getContext().getRealm();
        identity.setModelUsername(username(realm, identity));
        joinOrganization(session, identity);

        AuthenticationSessionModel authSession = AuthSessions.create(session, scope);
        EventBuilder event = event(session, identity);
        runFlow(session, identity, authSession, event);
        BrokeredIdentityContext reviewed = read(authSession).deserialize(session, authSession);
        boolean created = new NewLink(session, identities, event).link(reviewed, authSession);
        event.success();
        String userId = authSession.getAuthenticatedUser().getId();
        new AuthenticationSessionManager(session).removeAuthenticationSession(realm, authSession, false);
        return new Result(userId, created);
    }

    private void runFlow(
            KeycloakSession session,
            BrokeredIdentityContext identity,
            AuthenticationSessionModel authSession,
            EventBuilder event) {
        AuthenticationProcessor.resetFlow(authSession, LoginActionsService.FIRST_BROKER_LOGIN_PATH);
        identity.setAuthenticationSession(authSession);
        SerializedBrokeredIdentityContext.serialize(identity)
                .saveToAuthenticationSession(authSession, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
        String flowId = identity.getIdpConfig().getFirstBrokerLoginFlowId();
        if (flowId == null) {
            flowId = session.getContext().getRealm().getFirstBrokerLoginFlow().getId();
        }
        new HeadlessFlow(session, event.clone(), person.vouchedAddress(identity))
                .run(authSession, flowId, LoginActionsService.FIRST_BROKER_LOGIN_PATH);
    }

    private static SerializedBrokeredIdentityContext read(AuthenticationSessionModel authSession) {
        return SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                authSession, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
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

    private EventBuilder event(KeycloakSession session, BrokeredIdentityContext identity) {
        // not a clone of the outer one, which would keep the outer session's store and listeners
        return new EventBuilder(
                        session.getContext().getRealm(),
                        session,
                        session.getContext().getConnection())
                .event(EventType.IDENTITY_PROVIDER_FIRST_LOGIN)
                .client(session.getContext().getClient())
                .detail(Details.IDENTITY_PROVIDER, person.alias())
                .detail(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername());
    }
}
