package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.telemetry.Telemetry;
import jakarta.ws.rs.core.Response;
import java.util.function.Predicate;
import org.keycloak.authentication.AuthenticationFlowException;
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
            throw ExchangeException.setupFaulty("flow_missing");
        }
        if (!ForeignCode.call(() -> "flow " + flow.getAlias(), () -> Headless.mayRun(session, realm, flow))) {
            throw ExchangeException.because(ExchangeError.LOGIN_REQUIRED, "flow_has_third_party_steps");
        }
        Headless.mark(session);
        HeadlessProcessor processor = new HeadlessProcessor(flow);
        processor
                .setAuthenticationSession(authSession)
                .setFlowPath(flowPath)
                .setConnection(session.getContext().getConnection())
                .setEventBuilder(event)
                .setRealm(realm)
                .setSession(session)
                .setUriInfo(session.getContext().getUri())
                .setRequest(session.getContext().getHttpRequest());
        try {
            Telemetry.of(session).spans().beside("flow", () -> {
                authenticate(processor, authSession);
                return null;
            });
        } catch (ExchangeException asked) {
            boolean steppingUp = flowPath.equals(LoginActionsService.POST_BROKER_LOGIN_PATH)
                    && asked.error() == ExchangeError.LOGIN_REQUIRED
                    && !RequestedLevel.isReached(authSession);
            throw steppingUp ? ExchangeException.because(ExchangeError.SECOND_FACTOR, asked.detail()) : asked;
        }
    }

    private void authenticate(HeadlessProcessor processor, AuthenticationSessionModel authSession) {
        FlowRefusals challenges = new FlowRefusals(session.getContext().getRealm(), authSession, vouchedAddress);
        try {
            Response challenge = ForeignCode.call(processor::place, () -> {
                try {
                    return processor.authenticateOnly();
                } catch (AuthenticationFlowException failed) {
                    throw challenges.failed(processor.place(), failed);
                }
            });
            if (challenge != null) {
                throw challenges.asked();
            }
        } catch (ExchangeException refused) {
            throw challenges.faulty(refused);
        }
    }
}
