package dev.socialexchange.keycloak.step;

import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.Objects;
import org.keycloak.TokenVerifier;
import org.keycloak.authentication.actiontoken.ActionTokenContext;
import org.keycloak.authentication.actiontoken.DefaultActionToken;
import org.keycloak.authentication.actiontoken.TokenUtils;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionToken;
import org.keycloak.authentication.actiontoken.execactions.ExecuteActionsActionTokenHandler;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionToken;
import org.keycloak.authentication.actiontoken.idpverifyemail.IdpVerifyAccountLinkActionTokenHandler;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionToken;
import org.keycloak.authentication.actiontoken.resetcred.ResetCredentialsActionTokenHandler;
import org.keycloak.authentication.actiontoken.updateemail.UpdateEmailActionToken;
import org.keycloak.authentication.actiontoken.updateemail.UpdateEmailActionTokenHandler;
import org.keycloak.authentication.actiontoken.verifyemail.VerifyEmailActionToken;
import org.keycloak.authentication.actiontoken.verifyemail.VerifyEmailActionTokenHandler;
import org.keycloak.events.Errors;
import org.keycloak.models.UserModel;
import org.keycloak.services.messages.Messages;

/**
 * Keycloak's links in mails, under their own ids, which do nothing for an account that was taken over after they were sent:
 * Keycloak (26.7) keeps no list of them that could be emptied.
 */
public final class OutstandingActions {
    private static final int ABOVE_KEYCLOAKS_OWN = 1;

    private OutstandingActions() {}

    private static <T extends DefaultActionToken> TokenVerifier.Predicate<? super T>[] withTakeover(
            TokenVerifier.Predicate<? super T>[] keycloaks, ActionTokenContext<T> context) {
        TokenVerifier.Predicate<? super T>[] all = Arrays.copyOf(keycloaks, keycloaks.length + 1);
        all[keycloaks.length] = TokenUtils.checkThat(
                token -> !isVoid(token, context.getAuthenticationSession().getAuthenticatedUser()),
                Errors.EXPIRED_CODE,
                Messages.EXPIRED_ACTION);
        return all;
    }

    private static boolean isVoid(DefaultActionToken token, UserModel user) {
        return user != null && Takeover.precedes(user, token.getIat() == null ? 0 : token.getIat());
    }

    public static final class ExecuteActions extends ExecuteActionsActionTokenHandler {
        @Override
        public TokenVerifier.Predicate<? super ExecuteActionsActionToken>[] getVerifiers(
                ActionTokenContext<ExecuteActionsActionToken> context) {
            return withTakeover(super.getVerifiers(context), context);
        }

        @Override
        public int order() {
            return ABOVE_KEYCLOAKS_OWN;
        }
    }

    /** Asks {@link MailedLinkQuestion} as well. */
    public static final class LinkAccount extends IdpVerifyAccountLinkActionTokenHandler {
        @Override
        public Response handleToken(
                IdpVerifyAccountLinkActionToken token, ActionTokenContext<IdpVerifyAccountLinkActionToken> context) {
            MailedLinkQuestion question = new MailedLinkQuestion(token, context);
            if (question.isAnsweredWithNo()) {
                return question.stop();
            }
            String login = token.getOriginalCompoundAuthenticationSessionId();
            Response keycloaks = super.handleToken(token, context);
            boolean asks = !Objects.equals(login, token.getOriginalCompoundAuthenticationSessionId());
            return asks ? question.ask().orElse(keycloaks) : keycloaks;
        }

        @Override
        public TokenVerifier.Predicate<? super IdpVerifyAccountLinkActionToken>[] getVerifiers(
                ActionTokenContext<IdpVerifyAccountLinkActionToken> context) {
            return withTakeover(super.getVerifiers(context), context);
        }

        @Override
        public int order() {
            return ABOVE_KEYCLOAKS_OWN;
        }
    }

    public static final class ResetCredentials extends ResetCredentialsActionTokenHandler {
        @Override
        public TokenVerifier.Predicate<? super ResetCredentialsActionToken>[] getVerifiers(
                ActionTokenContext<ResetCredentialsActionToken> context) {
            return withTakeover(super.getVerifiers(context), context);
        }

        @Override
        public int order() {
            return ABOVE_KEYCLOAKS_OWN;
        }
    }

    public static final class UpdateEmail extends UpdateEmailActionTokenHandler {
        @Override
        public TokenVerifier.Predicate<? super UpdateEmailActionToken>[] getVerifiers(
                ActionTokenContext<UpdateEmailActionToken> context) {
            return withTakeover(super.getVerifiers(context), context);
        }

        @Override
        public int order() {
            return ABOVE_KEYCLOAKS_OWN;
        }
    }

    public static final class VerifyEmail extends VerifyEmailActionTokenHandler {
        @Override
        public TokenVerifier.Predicate<? super VerifyEmailActionToken>[] getVerifiers(
                ActionTokenContext<VerifyEmailActionToken> context) {
            return withTakeover(super.getVerifiers(context), context);
        }

        @Override
        public int order() {
            return ABOVE_KEYCLOAKS_OWN;
        }
    }
}
