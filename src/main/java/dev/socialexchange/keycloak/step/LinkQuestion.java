package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.login.ContinuedSession;
import dev.socialexchange.keycloak.login.Headless;
import dev.socialexchange.keycloak.page.ForeignAccount;
import dev.socialexchange.keycloak.page.NotMyAccount;
import dev.socialexchange.keycloak.page.ProviderName;
import dev.socialexchange.keycloak.provider.EmailAddress;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.IdpReviewProfileAuthenticatorFactory;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationSessionManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.ExecutionStatus;

/**
 * What is asked in a login that goes on from a link, before an account here is proven for the sake of a link: whether this
 * account of a provider, which the page names, shall sign in as the person from then on. Keycloak's own page (26.7) names the
 * person's account instead, which somebody who was handed another person's link takes for their own login.
 */
final class LinkQuestion {
    private static final String TEMPLATE = "social-exchange-link.ftl";
    private static final String ANSWERED = "SOCIAL_EXCHANGE_LINK_ANSWERED";

    /** The field of Keycloak's page, and two of its values. */
    private static final String ANSWER = "submitAction";

    private static final String LINK = "linkAccount";
    private static final String REVIEW = "updateProfile";
    private static final String NOT_MINE = "notMine";

    private final AuthenticationFlowContext context;
    private final AuthenticationSessionModel authSession;
    private final BrokeredIdentityContext identity;
    private final ExistingUserInfo existing;

    private LinkQuestion(
            AuthenticationFlowContext context, BrokeredIdentityContext identity, ExistingUserInfo existing) {
        this.context = context;
        this.authSession = context.getAuthenticationSession();
        this.identity = identity;
        this.existing = existing;
    }

    /** Empty if there is nothing to ask, or it was answered for this very account here. */
    static Optional<LinkQuestion> open(AuthenticationFlowContext context) {
        AuthenticationSessionModel authSession = context.getAuthenticationSession();
        String existing = authSession.getAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO);
        return Headless.is(context.getSession()) || !ContinuedSession.is(authSession) || existing == null
                ? Optional.empty()
                : BrokeredSteps.identity(context)
                        .map(identity -> new LinkQuestion(context, identity, ExistingUserInfo.deserialize(existing)))
                        .filter(question -> !question.subject().equals(authSession.getAuthNote(ANSWERED)));
    }

    private String subject() {
        return identity.getIdpConfig().getAlias() + '\n' + identity.getId() + '\n' + existing.getExistingUserId();
    }

    void ask() {
        ForeignAccount account = ContinuedSession.account(authSession, identity);
        boolean byName = UserModel.USERNAME.equals(existing.getDuplicateAttributeName());
        String value = existing.getDuplicateAttributeValue();
        String by = byName && value.indexOf('@') < 0
                ? "username"
                : account.vouched() && EmailAddress.same(account.name(), value) ? "address" : "email";
        Response page = context.form()
                .setAttribute("foreignName", account.name())
                .setAttribute("foreignVouched", account.vouched())
                .setAttribute(
                        "foreignProvider",
                        ProviderName.of(
                                context.getSession(), identity.getIdpConfig().getAlias()))
                .setAttribute("linkBy", by)
                .setAttribute("linkValue", value)
                .setAttribute("linkReviewable", isReviewable())
                .createForm(TEMPLATE);
        context.challenge(page);
    }

    /** As on Keycloak's page: where the flow has a review to go back to. */
    private boolean isReviewable() {
        return authSession.getExecutionStatus().entrySet().stream()
                .filter(entry -> entry.getValue() == ExecutionStatus.SUCCESS)
                .map(entry -> context.getRealm().getAuthenticationExecutionById(entry.getKey()))
                .map(AuthenticationExecutionModel::getAuthenticator)
                .anyMatch(IdpReviewProfileAuthenticatorFactory.PROVIDER_ID::equals);
    }

    /** @param proof what comes next for somebody who wants the link */
    void answered(Runnable proof) {
        String answer = context.getHttpRequest().getDecodedFormParameters().getFirst(ANSWER);
        if (LINK.equals(answer)) {
            authSession.setAuthNote(ANSWERED, subject());
            proof.run();
        } else if (REVIEW.equals(answer)) {
            review();
        } else if (NOT_MINE.equals(answer)) {
            stop();
        } else {
            ask();
        }
    }

    /** As Keycloak's step does it. */
    private void review() {
        SerializedBrokeredIdentityContext kept = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                authSession, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
        context.resetFlow(() -> {
            kept.saveToAuthenticationSession(authSession, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
            authSession.setAuthNote(AbstractIdpAuthenticator.ENFORCE_UPDATE_PROFILE, "true");
        });
    }

    private void stop() {
        EventBuilder event = context.getEvent()
                .clone()
                .user(existing.getExistingUserId())
                .detail(Details.IDENTITY_PROVIDER, identity.getIdpConfig().getAlias())
                .detail(Details.IDENTITY_PROVIDER_USERNAME, identity.getUsername())
                .removeDetail(Details.AUTH_METHOD)
                .removeDetail(Details.AUTH_TYPE);
        Response answer = NotMyAccount.answer(context.getSession(), event);
        new AuthenticationSessionManager(context.getSession())
                .removeAuthenticationSession(context.getRealm(), authSession, true);
        context.forceChallenge(answer);
    }
}
