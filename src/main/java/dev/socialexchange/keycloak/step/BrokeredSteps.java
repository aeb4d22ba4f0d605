package dev.socialexchange.keycloak.step;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What our steps read of the flow that they are in. */
final class BrokeredSteps {

    private BrokeredSteps() {}

    /**
     * Who comes from a provider, in a first-login or a post-login flow; empty elsewhere. While somebody proves an account by
     * another provider, the identity of each flow has a note of its own.
     */
    static Optional<BrokeredIdentityContext> identity(AuthenticationFlowContext context) {
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        String note = LoginActionsService.POST_BROKER_LOGIN_PATH.equals(context.getFlowPath())
                ? PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT
                : AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE;
        return Optional.ofNullable(SerializedBrokeredIdentityContext.readFromAuthenticationSession(authSession, note))
                .map(serialized -> serialized.deserialize(context.getSession(), authSession));
    }

    /** Empty while the step is not configured. */
    static Map<String, String> config(AuthenticationFlowContext context) {
        AuthenticatorConfigModel model = context.getAuthenticatorConfig();
        return model == null ? Map.of() : Objects.requireNonNullElse(model.getConfig(), Map.of());
    }
}
