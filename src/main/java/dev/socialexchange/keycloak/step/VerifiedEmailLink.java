package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.login.Availability;
import dev.socialexchange.keycloak.login.ContinuedSession;
import dev.socialexchange.keycloak.login.HomeBroker;
import dev.socialexchange.keycloak.login.LinkNotice;
import dev.socialexchange.keycloak.login.StepRefusal;
import dev.socialexchange.keycloak.page.ForeignAccount;
import dev.socialexchange.keycloak.provider.SettingsProperties;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.services.messages.Messages;

/**
 * Links somebody to the local account with their e-mail address, if the provider vouches for the address and the local one is
 * verified. Whom it does not link it passes on to the next alternative, where an account can be proven otherwise.
 */
public final class VerifiedEmailLink extends AbstractIdpAuthenticator {
    public static final String PROVIDER_ID = "social-exchange-link-by-email";

    static final String UNVERIFIED = "linkUnverified";
    static final String NOTIFY = "linkNotify";
    static final String REFUSE = "refuse";
    static final String TAKE_OVER = "take-over";

    private static final VerifiedEmailLink SINGLETON = new VerifiedEmailLink();

    private VerifiedEmailLink() {}

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        if (context.getUser() != null) { // an earlier step has settled who this is
            context.success();
            return;
        }
        Optional<UserModel> owner = AddressOwner.of(context.getSession(), identity);
        if (owner.flatMap(user -> Availability.refusal(context.getSession(), user))
                .isPresent()) {
            refuseUnavailable(context);
            return;
        }
        if (owner.filter(user -> HomeBroker.forbids(context.getSession(), user, idp(identity)))
                .isPresent()) {
            refuseManaged(context, identity, owner.get());
            return;
        }
        boolean takesOver = TAKE_OVER.equals(BrokeredSteps.config(context).getOrDefault(UNVERIFIED, REFUSE))
                && GuardedUserProfile.isInPlace(context.getSession());
        owner.filter(user -> !new AddressInDoubt(context.getSession(), context.getRealm(), user).isFor(idp(identity)))
                .filter(user -> user.isEmailVerified() ? isFree(context, identity, user) : takesOver)
                .ifPresentOrElse(user -> link(context, user, identity), () -> passOn(context, identity));
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        authenticateImpl(context, serialized, identity);
    }

    /** A second account of one provider does not replace the first. */
    private static boolean isFree(AuthenticationFlowContext context, BrokeredIdentityContext identity, UserModel user) {
        return context.getSession().users().getFederatedIdentity(context.getRealm(), user, idp(identity)) == null;
    }

    private static void link(AuthenticationFlowContext context, UserModel user, BrokeredIdentityContext identity) {
        if (!user.isEmailVerified()) {
            new Takeover(context.getSession(), context.getRealm()).of(user, context.getAuthenticationSession());
        }
        if ("false".equals(BrokeredSteps.config(context).get(NOTIFY))) {
            LinkNotice.decline(context.getAuthenticationSession());
        } else {
            LinkNotice.request(context.getAuthenticationSession(), ForeignAccount.of(identity));
        }
        context.setUser(user);
        context.success();
    }

    /** A challenge: an exception would only lead to the next alternative. */
    private static void refuseUnavailable(AuthenticationFlowContext context) {
        StepRefusal.note(context.getAuthenticationSession(), ExchangeError.ACCOUNT_UNAVAILABLE);
        context.challenge(
                context.form().setError(Messages.ACCOUNT_DISABLED).createErrorPage(Response.Status.BAD_REQUEST));
    }

    private static void refuseManaged(
            AuthenticationFlowContext context, BrokeredIdentityContext identity, UserModel owner) {
        noteExisting(context, owner);
        HomeBroker.note(context, identity);
        context.challenge(context.form().setError(HomeBroker.MESSAGE).createErrorPage(Response.Status.FORBIDDEN));
    }

    private static void noteExisting(AuthenticationFlowContext context, UserModel existing) {
        ExistingUserInfo info = new ExistingUserInfo(existing.getId(), UserModel.EMAIL, existing.getEmail());
        context.getAuthenticationSession().setAuthNote(EXISTING_USER_INFO, info.serialize());
    }

    private static void passOn(AuthenticationFlowContext context, BrokeredIdentityContext identity) {
        if (!context.getExecution().isRequired()) {
            context.attempted();
            return;
        }
        UserModel existing = identity.getEmail() == null || context.getRealm().isDuplicateEmailsAllowed()
                ? null
                : context.getSession().users().getUserByEmail(context.getRealm(), identity.getEmail());
        if (existing != null) {
            noteExisting(context, existing);
        }
        String name = ContinuedSession.account(context.getAuthenticationSession(), identity)
                .name();
        context.challenge(context.form()
                .setError(Messages.FEDERATED_IDENTITY_UNAVAILABLE, name, idp(identity))
                .createErrorPage(Response.Status.UNAUTHORIZED));
    }

    private static String idp(BrokeredIdentityContext identity) {
        return identity.getIdpConfig().getAlias();
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return false;
    }

    public static final class Factory extends StepFactory {

        public Factory() {
            super(
                    PROVIDER_ID,
                    "Link by verified e-mail",
                    "Links to the account with the same e-mail address, if the provider vouches for it and it is verified here.");
        }

        @Override
        public Authenticator create(KeycloakSession session) {
            return SINGLETON;
        }

        @Override
        public Requirement[] getRequirementChoices() {
            return new Requirement[] {Requirement.ALTERNATIVE, Requirement.REQUIRED, Requirement.DISABLED};
        }

        @Override
        public List<ProviderConfigProperty> getConfigProperties() {
            return List.of(
                    SettingsProperties.property(
                            UNVERIFIED, ProviderConfigProperty.LIST_TYPE, REFUSE, REFUSE, TAKE_OVER),
                    SettingsProperties.property(NOTIFY, ProviderConfigProperty.BOOLEAN_TYPE, "true"));
        }
    }
}
