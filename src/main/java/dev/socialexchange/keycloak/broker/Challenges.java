package dev.socialexchange.keycloak.broker;

import static java.util.Map.entry;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.ExistingUserInfo;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Names what a flow asked for. The step that asked decides: the status and page of its answer say nothing reliable. */
final class Challenges {
    private static final Map<String, ExchangeError> BY_STEP = Map.ofEntries(
            entry("idp-review-profile", ExchangeError.PROFILE_INCOMPLETE),
            entry("idp-detect-existing-broker-user", ExchangeError.REGISTRATION_DISABLED),
            entry(AllowListAuthenticator.PROVIDER_ID, ExchangeError.NOT_ON_ALLOW_LIST),
            entry("deny-access-authenticator", ExchangeError.DENIED_BY_FLOW),
            entry("auth-otp-form", ExchangeError.SECOND_FACTOR),
            entry("direct-grant-validate-otp", ExchangeError.SECOND_FACTOR),
            entry("auth-recovery-authn-code-form", ExchangeError.SECOND_FACTOR),
            entry("webauthn-authenticator", ExchangeError.SECOND_FACTOR),
            entry("webauthn-authenticator-passwordless", ExchangeError.SECOND_FACTOR));

    private static final Map<ExchangeError, String> DESCRIPTIONS = Map.of(
            ExchangeError.PROFILE_INCOMPLETE, "The account's profile has to be completed in a browser",
            ExchangeError.REGISTRATION_DISABLED, "Nobody here is linked to this account, and new users are not created",
            ExchangeError.NOT_ON_ALLOW_LIST, "This account is not on the list of those who may sign in here",
            ExchangeError.DENIED_BY_FLOW, "Signing in with this account is not allowed here",
            ExchangeError.SECOND_FACTOR, "Signing in needs a second factor",
            ExchangeError.ACCOUNT_EXISTS, "A local account has this e-mail address; sign in to it to link it",
            ExchangeError.USERNAME_TAKEN, "Another local account has this username",
            ExchangeError.LOGIN_REQUIRED, "Signing in needs a browser");

    private static final Set<AuthenticationFlowError> UNAVAILABLE =
            Set.of(AuthenticationFlowError.USER_DISABLED, AuthenticationFlowError.USER_TEMPORARILY_DISABLED);

    private final RealmModel realm;
    private final AuthenticationSessionModel authSession;
    private final Predicate<String> vouchedAddress;

    Challenges(RealmModel realm, AuthenticationSessionModel authSession, Predicate<String> vouchedAddress) {
        this.realm = realm;
        this.authSession = authSession;
        this.vouchedAddress = vouchedAddress;
    }

    ExchangeException asked() {
        String step = step();
        if (authSession.getAuthNote(VerifiedEmailLink.UNAVAILABLE) != null) {
            return ExchangeException.refuse(
                    ExchangeError.ACCOUNT_UNAVAILABLE, "The account cannot be used", "asked_by_" + step);
        }
        ExchangeError byStep = BY_STEP.get(step);
        ExchangeError error = byStep != null ? byStep : existingUser();
        return ExchangeException.refuse(error, DESCRIPTIONS.get(error), "asked_by_" + step);
    }

    ExchangeException failed(AuthenticationFlowException failed) {
        AuthenticationFlowError error = failed.getError();
        if (UNAVAILABLE.contains(error)) {
            return ExchangeException.refuse(
                    ExchangeError.ACCOUNT_UNAVAILABLE, "The account cannot be used", "flow_" + error);
        }
        if (error == AuthenticationFlowError.ACCESS_DENIED) {
            return ExchangeException.refuse(
                    ExchangeError.DENIED_BY_FLOW, DESCRIPTIONS.get(ExchangeError.DENIED_BY_FLOW), "flow_denied");
        }
        ExchangeError asked = existingUser();
        return ExchangeException.refuse(asked, DESCRIPTIONS.get(asked), "flow_" + error);
    }

    /** The authenticator that the flow has come to. */
    String step() {
        String id = authSession.getAuthNote(AuthenticationProcessor.CURRENT_AUTHENTICATION_EXECUTION);
        AuthenticationExecutionModel execution = id == null ? null : realm.getAuthenticationExecutionById(id);
        return execution == null ? "unknown_step" : execution.getAuthenticator();
    }

    /** That somebody has this address is told only to who has proven to own it: a mapper may have put in another one. */
    private ExchangeError existingUser() {
        String note = authSession.getAuthNote(AbstractIdpAuthenticator.EXISTING_USER_INFO);
        if (note == null) {
            return ExchangeError.LOGIN_REQUIRED;
        }
        ExistingUserInfo existing = ExistingUserInfo.deserialize(note);
        if (UserModel.USERNAME.equals(existing.getDuplicateAttributeName())) {
            return ExchangeError.USERNAME_TAKEN;
        }
        return vouchedAddress.test(existing.getDuplicateAttributeValue())
                ? ExchangeError.ACCOUNT_EXISTS
                : ExchangeError.LOGIN_REQUIRED;
    }
}
