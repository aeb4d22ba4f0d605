package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Mirrors;
import org.keycloak.authentication.authenticators.broker.IdpConfirmOverrideLinkAuthenticator;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.util.Booleans;

/** What follows a successful first-broker-login flow, as {@code IdentityBrokerService.afterFirstBrokerLogin} (26.7) does it. */
@Mirrors(
        type = "org.keycloak.services.resources.IdentityBrokerService",
        methods = {"afterFirstBrokerLogin", "checkOverrideLink"})
final class NewLink {
    private final KeycloakSession session;
    private final RealmModel realm;
    private final Identities identities;
    private final EventBuilder event;

    NewLink(KeycloakSession session, Identities identities, EventBuilder event) {
        this.session = session;
        this.identities = identities;
        this.realm = session.getContext().getRealm();
        this.event = event;
    }

    /** @return whether the user was created by the flow */
    boolean link(BrokeredIdentityContext identity, AuthenticationSessionModel authSession) {
        UserModel user = authSession.getAuthenticatedUser();
        event.user(user).detail(Details.USERNAME, user.getUsername());
        grantReadToken(identity, user);
        removeOverridden(identity, authSession, user);
        boolean created =
                Boolean.parseBoolean(authSession.getAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER));
        if (!created && hasOther(identity, user)) {
            throw ExchangeException.because(
                    ExchangeError.LOGIN_REQUIRED, // and no word about an account that only an address has led to
                    "other_account_linked");
        }
        if (!created
                && HomeBroker.forbids(session, user, identity.getIdpConfig().getAlias())) {
            throw HomeBroker.refusal();
        }
        session.users().addFederatedIdentity(realm, user, Identities.link(identity));
        if (created) {
            importUser(identity, user);
        } else {
            event.clone().event(EventType.FEDERATED_IDENTITY_LINK).success();
            LinkNotice.ofExchange(session, authSession, user, identity);
            new KnownUser(session, identities).update(identity, user);
        }
        return created;
    }

    private boolean hasOther(BrokeredIdentityContext identity, UserModel user) {
        return session.users()
                        .getFederatedIdentity(
                                realm, user, identity.getIdpConfig().getAlias())
                != null;
    }

    private void importUser(BrokeredIdentityContext identity, UserModel user) {
        identity.getIdp().importNewUser(session, realm, user, identity);
        identities.forEachUserMapper(
                identity, user, (mapper, model) -> mapper.importNewUser(session, realm, user, model, identity));
        identity.getIdp().updateBrokeredUser(session, realm, user, identity);
        event.clone()
                .event(EventType.REGISTER)
                .detail(Details.REGISTER_METHOD, "broker")
                .detail(Details.EMAIL, user.getEmail())
                .success();
    }

    private void grantReadToken(BrokeredIdentityContext identity, UserModel user) {
        if (!Booleans.isTrue(identity.getIdpConfig().isAddReadTokenRoleOnCreate())) {
            return;
        }
        ClientModel broker = realm.getClientByClientId(Constants.BROKER_SERVICE_CLIENT_ID);
        RoleModel readToken = broker == null ? null : broker.getRole(Constants.READ_TOKEN_ROLE);
        if (readToken != null) {
            user.grantRole(readToken);
        }
    }

    /** Where the flow's own step has let the person replace an earlier link. */
    private void removeOverridden(
            BrokeredIdentityContext identity, AuthenticationSessionModel authSession, UserModel user) {
        String alias = identity.getIdpConfig().getAlias();
        if (!Boolean.parseBoolean(authSession.getAuthNote(IdpConfirmOverrideLinkAuthenticator.OVERRIDE_LINK))) {
            return;
        }
        FederatedIdentityModel previous = session.users().getFederatedIdentity(realm, user, alias);
        if (previous != null) {
            session.users().removeFederatedIdentity(realm, user, alias);
            event.clone()
                    .event(EventType.FEDERATED_IDENTITY_OVERRIDE_LINK)
                    .detail(Details.PREF_PREVIOUS + Details.IDENTITY_PROVIDER_USERNAME, previous.getUserName())
                    .success();
        }
    }
}
