package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.login.ContinuedSession;
import dev.socialexchange.keycloak.login.ExistingUser;
import dev.socialexchange.keycloak.login.Headless;
import dev.socialexchange.keycloak.login.HomeBroker;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticator;
import org.keycloak.authentication.authenticators.broker.IdpEmailVerificationAuthenticatorFactory;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;

/**
 * Keycloak's "Verify existing account by Email". In an exchange it asks for a browser instead of sending a mail, whose link would be
 * dead once the exchange is refused. In a browser it asks {@link LinkQuestion} first, and mail and pages name the account as people
 * are to be told of it: whoever gets the mail may have no part in this login, and their own address must name nobody else's account.
 */
public final class EmailVerification extends IdpEmailVerificationAuthenticator {

    @Override
    protected void authenticateImpl(
            AuthenticationFlowContext context,
            SerializedBrokeredIdentityContext serialized,
            BrokeredIdentityContext identity) {
        HomeBroker.note(context, identity);
        if (isInDoubt(context, identity)) {
            context.attempted(); // somebody else may read the mail
        } else if (context.getRealm().getSmtpConfig().isEmpty()) {
            super.authenticateImpl(context, serialized, identity); // which passes on
        } else if (Headless.is(context.getSession())) {
            context.challenge(Response.status(Response.Status.UNAUTHORIZED).build());
        } else {
            LinkQuestion.open(context)
                    .ifPresentOrElse(
                            LinkQuestion::ask,
                            () -> super.authenticateImpl(
                                    context, serialized, ContinuedSession.named(context, identity)));
        }
    }

    private static boolean isInDoubt(AuthenticationFlowContext context, BrokeredIdentityContext identity) {
        return ExistingUser.of(context)
                .filter(owner -> new AddressInDoubt(context.getSession(), context.getRealm(), owner)
                        .isFor(identity.getIdpConfig().getAlias()))
                .isPresent();
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

    public static final class Factory extends IdpEmailVerificationAuthenticatorFactory {
        private static final EmailVerification SINGLETON = new EmailVerification();

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
