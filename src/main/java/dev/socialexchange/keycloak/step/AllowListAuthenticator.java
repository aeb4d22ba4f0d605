package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.login.StepRefusal;
import dev.socialexchange.keycloak.provider.ProviderFacts;
import dev.socialexchange.keycloak.provider.SettingsProperties;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Lets in only who is on a list, by what the provider vouches for. The refusal is final: no other step of the flow is tried,
 * and what earlier steps have done in this request is undone. In a first-login flow it decides about new users and new links,
 * in a post-login flow about every login.
 */
public final class AllowListAuthenticator implements Authenticator {
    public static final String PROVIDER_ID = "social-exchange-allow-list";

    private static final AllowListAuthenticator SINGLETON = new AllowListAuthenticator();

    private AllowListAuthenticator() {}

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        AllowList list = AllowList.of(BrokeredSteps.config(context));
        BrokeredSteps.identity(context)
                .map(ProviderFacts::of)
                .map(list::refusal)
                .orElse(Optional.of("no_brokered_login"))
                .ifPresentOrElse(reason -> refuse(context, reason), context::success);
    }

    /** A challenge, and no failure: failures count towards the lock of an account, whose owner did nothing wrong. */
    private static void refuse(AuthenticationFlowContext context, String reason) {
        context.getSession().getTransactionManager().setRollbackOnly();
        ExchangeError error = ExchangeError.NOT_ON_ALLOW_LIST;
        StepRefusal.note(context.getAuthenticationSession(), error);
        context.getEvent()
                .clone()
                .detail(Details.REASON, error.reason(reason))
                .removeDetail(Details.AUTH_METHOD)
                .removeDetail(Details.AUTH_TYPE)
                .error(error.eventError());
        context.challenge(
                context.form().setError("socialExchange-notOnAllowList").createErrorPage(Response.Status.FORBIDDEN));
    }

    /** Whatever is posted to the error page. */
    @Override
    public void action(AuthenticationFlowContext context) {
        authenticate(context);
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // has none
    }

    @Override
    public void close() {
        // holds nothing
    }

    public static final class Factory extends StepFactory {

        public Factory() {
            super(PROVIDER_ID, "Allow-list", "Lets in only people on a list, by what the provider vouches for.");
        }

        @Override
        public Authenticator create(KeycloakSession session) {
            return SINGLETON;
        }

        /** As an alternative it could be passed by. */
        @Override
        public Requirement[] getRequirementChoices() {
            return new Requirement[] {Requirement.REQUIRED, Requirement.DISABLED};
        }

        @Override
        public List<ProviderConfigProperty> getConfigProperties() {
            return List.of(
                    SettingsProperties.property(
                            AllowList.ADDRESSES, ProviderConfigProperty.MULTIVALUED_STRING_TYPE, null),
                    SettingsProperties.property(
                            AllowList.HOSTED_DOMAINS, ProviderConfigProperty.MULTIVALUED_STRING_TYPE, null),
                    SettingsProperties.property(AllowList.CLAIM, ProviderConfigProperty.STRING_TYPE, null),
                    SettingsProperties.property(
                            AllowList.CLAIM_VALUES, ProviderConfigProperty.MULTIVALUED_STRING_TYPE, null));
        }
    }
}
