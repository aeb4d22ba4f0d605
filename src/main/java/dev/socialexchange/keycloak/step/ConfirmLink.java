package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.login.HomeBroker;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.IdpConfirmLinkAuthenticator;
import org.keycloak.authentication.authenticators.broker.IdpConfirmLinkAuthenticatorFactory;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;

/** Keycloak's "Confirm link existing account", which asks {@link LinkQuestion} in a login that goes on from a link. */
public final class ConfirmLink extends IdpConfirmLinkAuthenticator {

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        HomeBroker.note(context, identity);
        LinkQuestion.open(context)
                .ifPresentOrElse(LinkQuestion::ask, () -> super.authenticateImpl(context, serialized, identity));
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        LinkQuestion.open(context)
                .ifPresentOrElse(
                        question -> question.answered(context::success),
                        () -> super.actionImpl(context, serialized, identity));
    }

    public static final class Factory extends IdpConfirmLinkAuthenticatorFactory {
        private static final ConfirmLink SINGLETON = new ConfirmLink();

        @Override
        public Authenticator create(KeycloakSession session) {
            return SINGLETON;
        }

        @Override
        public int order() {
            return 1; // above Keycloak's own factory of this id
        }
    }
}
