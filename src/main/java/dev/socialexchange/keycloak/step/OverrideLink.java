package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.login.ContinuedSession;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.IdpConfirmOverrideLinkAuthenticator;
import org.keycloak.authentication.authenticators.broker.IdpConfirmOverrideLinkAuthenticatorFactory;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;

/** Keycloak's "Confirm override existing link", which asks {@link LinkQuestion} first in a login that goes on from a link. */
public final class OverrideLink extends IdpConfirmOverrideLinkAuthenticator {

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        LinkQuestion.open(context)
                .ifPresentOrElse(
                        LinkQuestion::ask,
                        () -> super.authenticateImpl(context, serialized, ContinuedSession.named(context, identity)));
    }

    @Override
    protected void actionImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        LinkQuestion.open(context)
                .ifPresentOrElse(
                        question -> question.answered(() -> authenticateImpl(context, serialized, identity)),
                        () -> super.actionImpl(context, serialized, identity));
    }

    public static final class Factory extends IdpConfirmOverrideLinkAuthenticatorFactory {
        private static final OverrideLink SINGLETON = new OverrideLink();

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
