package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.login.HomeBroker;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.IdpUsernamePasswordForm;
import org.keycloak.authentication.authenticators.broker.IdpUsernamePasswordFormFactory;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's "Username Password Form for identity provider reauthentication", which asks {@link LinkQuestion} first, where a
 * flow proves an account without a step that has asked.
 */
public final class PasswordProof extends IdpUsernamePasswordForm {

    PasswordProof(KeycloakSession session) {
        super(session);
    }

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        BrokeredSteps.identity(context).ifPresent(identity -> HomeBroker.note(context, identity));
        LinkQuestion.open(context).ifPresentOrElse(LinkQuestion::ask, () -> super.authenticate(context));
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        LinkQuestion.open(context)
                .ifPresentOrElse(
                        question -> question.answered(() -> super.authenticate(context)), () -> super.action(context));
    }

    public static final class Factory extends IdpUsernamePasswordFormFactory {

        @Override
        public Authenticator create(KeycloakSession session) {
            return new PasswordProof(session);
        }

        @Override
        public int order() {
            return 1; // above Keycloak's own factory of this id
        }
    }
}
