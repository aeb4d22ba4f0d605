package dev.socialexchange.keycloak.login;

import static java.util.Map.entry;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.utils.StringUtil;

/** Names what a flow asked for. The step that asked decides: the status and page of its answer say nothing reliable. */
final class FlowRefusals {
    private static final Map<String, ExchangeError> BY_STEP = Map.ofEntries(
            entry("idp-review-profile", ExchangeError.PROFILE_INCOMPLETE),
            entry("idp-detect-existing-broker-user", ExchangeError.REGISTRATION_DISABLED),
            entry("deny-access-authenticator", ExchangeError.DENIED_BY_FLOW),
            entry("user-session-limits", ExchangeError.SESSION_LIMIT_REACHED),
            entry("auth-otp-form", ExchangeError.SECOND_FACTOR),
            entry("direct-grant-validate-otp", ExchangeError.SECOND_FACTOR),
            entry("auth-recovery-authn-code-form", ExchangeError.SECOND_FACTOR),
            entry("webauthn-authenticator", ExchangeError.SECOND_FACTOR),
            entry("webauthn-authenticator-passwordless", ExchangeError.SECOND_FACTOR));

    private static final Set<AuthenticationFlowError> UNAVAILABLE =
            Set.of(AuthenticationFlowError.USER_DISABLED, AuthenticationFlowError.USER_TEMPORARILY_DISABLED);

    private final RealmModel realm;
    private final AuthenticationSessionModel authSession;
    private final Predicate<String> vouchedAddress;

    FlowRefusals(RealmModel realm, AuthenticationSessionModel authSession, Predicate<String> vouchedAddress) {
        this.realm = realm;
        this.authSession = authSession;
        this.vouchedAddress = vouchedAddress;
    }

    ExchangeException asked() {
        String step = step();
        ExchangeError error = StepRefusal.of(authSession)
                .or(() -> Optional.ofNullable(BY_STEP.get(step)))
                .orElseGet(this::existingUser);
        return refuse(error, "asked_by_" + step);
    }

    /** @param step names it for the administrator */
    ExchangeException failed(String step, AuthenticationFlowException failed) {
        AuthenticationFlowError error = failed.getError();
        if (isInternal(failed) || isNobodys(error) || isMisplaced(error)) {
            return ForeignCode.fault(step + ": flow_" + error, failed);
        }
        if (UNAVAILABLE.contains(error) && (hasMetNobody() || isVouchedFor())) {
            return refuse(ExchangeError.ACCOUNT_UNAVAILABLE, "flow_" + error);
        }
        if (error == AuthenticationFlowError.ACCESS_DENIED) {
            return refuse(ExchangeError.DENIED_BY_FLOW, "flow_denied");
        }
        ExchangeError asked = existingUser();
        return refuse(asked, "flow_" + error);
    }

    /** What is faulty is told as it is, unless it would tell that somebody has the address whose step is faulty. */
    ExchangeException faulty(ExchangeException refused) {
        return refused.error() == ExchangeError.SETUP_FAULTY
                        && !hasMetNobody()
                        && existingUser() == ExchangeError.LOGIN_REQUIRED
                ? refuse(ExchangeError.LOGIN_REQUIRED, refused.detail())
                : refused;
    }

    /** Of several alternatives each may have failed in its own way. */
    private static boolean isInternal(AuthenticationFlowException failed) {
        return failed.getAfeList() == null
                ? failed.getError() == AuthenticationFlowError.INTERNAL_ERROR
                : failed.getAfeList().stream().anyMatch(FlowRefusals::isInternal);
    }

    /** Keycloak's steps for first logins find no account that is new where everybody comes by. */
    private boolean isMisplaced(AuthenticationFlowError error) {
        return error == AuthenticationFlowError.IDENTITY_PROVIDER_ERROR
                && LoginActionsService.POST_BROKER_LOGIN_PATH.equals(
                        authSession.getAuthNote(AuthenticationProcessor.CURRENT_FLOW_PATH));
    }

    /** A browser would see an error page: the flow, or a step of it, wants a user, whom no step has made or found. */
    private boolean isNobodys(AuthenticationFlowError error) {
        return error == AuthenticationFlowError.UNKNOWN_USER
                && authSession.getAuthenticatedUser() == null
                && hasMetNobody();
    }

    /** The authenticator that the flow has come to. */
    String step() {
        String id = authSession.getAuthNote(AuthenticationProcessor.CURRENT_AUTHENTICATION_EXECUTION);
        AuthenticationExecutionModel execution = id == null ? null : realm.getAuthenticationExecutionById(id);
        return execution == null ? "unknown_step" : execution.getAuthenticator();
    }

    /** Here it is an address that has led to the account, and nobody who asks to link theirs. */
    private static ExchangeException refuse(ExchangeError error, String detail) {
        return error == ExchangeError.LINKING_NOT_ALLOWED
                ? ExchangeException.refuse(
                        error,
                        "A local account has this e-mail address, and only its organisation's provider may sign in to it",
                        HomeBroker.DETAIL)
                : ExchangeException.because(error, detail);
    }

    /**
     * That somebody has this address is told only to who has proven to own it: a mapper may have put in another one. To others
     * it looks as if the flow wanted a browser for a reason of its own, also where a username is an address. A taken username is
     * not told to them either: Keycloak (26.7) looks for the address first, so that it would say that nobody has the address.
     */
    private ExchangeError existingUser() {
        if (hasMetNobody()) {
            return ExchangeError.LOGIN_REQUIRED;
        }
        boolean byName = UserModel.USERNAME.equals(existing().getDuplicateAttributeName());
        if (byName && existing().getDuplicateAttributeValue().indexOf('@') < 0 && !comesWithAnUnvouchedAddress()) {
            return ExchangeError.USERNAME_TAKEN;
        }
        if (!isVouchedFor()) {
            return ExchangeError.LOGIN_REQUIRED;
        }
        if (HomeBroker.isNoted(authSession)) {
            return ExchangeError.LINKING_NOT_ALLOWED;
        }
        return byName ? ExchangeError.USERNAME_TAKEN : ExchangeError.ACCOUNT_EXISTS;
    }

    /** The flow is about somebody who is linked already, or has met no other account. */
    private boolean hasMetNobody() {
        return authSession.getAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO) == null;
    }

    private boolean comesWithAnUnvouchedAddress() {
        SerializedBrokeredIdentityContext identity = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                authSession, AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE);
        return identity != null
                && StringUtil.isNotBlank(identity.getEmail())
                && !vouchedAddress.test(identity.getEmail());
    }

    private boolean isVouchedFor() {
        return vouchedAddress.test(existing().getDuplicateAttributeValue());
    }

    private ExistingUserInfo existing() {
        return ExistingUserInfo.deserialize(authSession.getAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO));
    }
}
