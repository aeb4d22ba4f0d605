package dev.socialexchange.keycloak.broker;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import jakarta.ws.rs.core.Response;
import java.util.function.Predicate;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.LoginActionsService;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Runs a broker-login flow to its end, or says what it needs the person for. */
final class HeadlessFlow {
    private final KeycloakSession session;
    private final EventBuilder event;
    private final Predicate<String> vouchedAddress;

    /** @param vouchedAddress whether the provider vouches that an e-mail address is the person's */
    HeadlessFlow(KeycloakSession session, EventBuilder event, Predicate<String> vouchedAddress) {
        this.session = session;
        this.event = event;
        this.vouchedAddress = vouchedAddress;
    }

    /** @throws ExchangeException if a step challenges or fails; the caller's transaction is then to be rolled back */
    void run(AuthenticationSessionModel authSession, String flowId, String flowPath) {
        RealmModel realm = session.getContext().getRealm();
        AuthenticationFlowModel flow = flowId == null ? null : realm.getAuthenticationFlowById(flowId);
        if (flow == null) {
            throw ExchangeException.refuse(
                    ExchangeError.DENIED_BY_FLOW, "Signing in with this provider is not set up", "flow_missing");
        }
        if (!Headless.mayRun(session, realm, flow)) {
            throw ExchangeException.refuse(
                    ExchangeError.LOGIN_REQUIRED, "Signing in needs a browser", "flow_has_third_party_steps");
        }
        Headless.mark(session);
        AuthenticationProcessor processor = new AuthenticationProcessor() {
            @Override
            protected Response authenticationComplete() {
                // reached only when a step resets the flow, which starts it again without what the first run stored
                throw new AuthenticationFlowException(AuthenticationFlowError.INTERNAL_ERROR);
            }
        };
        processor
                .setAuthenticationSession(authSession)
                .setFlowId(flow.getId())
                .setFlowPath(flowPath)
                .setConnection(session.getContext().getConnection())
                .setEventBuilder(event)
                .setRealm(realm)
                .setSession(session)
                .setUriInfo(session.getContext().getUri())
                .setRequest(session.getContext().getHttpRequest());
        try {
            authenticate(processor, realm, authSession);
        } catch (ExchangeException asked) {
            boolean steppingUp = flowPath.equals(LoginActionsService.POST_BROKER_LOGIN_PATH)
                    && asked.error() == ExchangeError.LOGIN_REQUIRED
                    && !RequestedLevel.isReached(authSession);
            throw steppingUp
                    ? ExchangeException.refuse(
                            ExchangeError.SECOND_FACTOR, "Signing in needs a second factor", asked.detail())
                    : asked;
        }
    }

    private void authenticate(AuthenticationProcessor processor, RealmModel realm, AuthenticationSessionModel session) {
        Challenges challenges = new Challenges(realm, session, vouchedAddress);
        try {
            if (ForeignCode.call(() -> "step " + challenges.step(), processor::authenticateOnly) != null) {
                throw challenges.asked();
            }
        } catch (AuthenticationFlowException failed) {
            throw challenges.failed(failed);
        }
    }
}
