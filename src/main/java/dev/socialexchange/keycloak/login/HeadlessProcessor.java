package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Look;
import dev.socialexchange.keycloak.Rehearsal;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowError;
import org.keycloak.authentication.AuthenticationFlowException;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;

/** Runs one flow, and knows which step it has come to: Keycloak (26.7) notes that only of steps that ask for something. */
final class HeadlessProcessor extends AuthenticationProcessor {
    private final AuthenticationFlowModel flow;
    private String step;

    HeadlessProcessor(AuthenticationFlowModel flow) {
        this.flow = flow;
        setFlowId(flow.getId());
    }

    /** For the administrator. */
    String place() {
        String name = "flow " + flow.getAlias();
        return step == null ? name : name + ", step " + step;
    }

    @Override
    public Result createAuthenticatorContext(
            AuthenticationExecutionModel model,
            Authenticator authenticator,
            List<AuthenticationExecutionModel> executions) {
        step = model.getAuthenticator();
        Rehearsal.journal(getSession()).look(Look.FLOW_STEP, () -> null, this::place);
        return super.createAuthenticatorContext(model, authenticator, executions);
    }

    /** Reached only when a step resets the flow, which starts it again without what the first run stored. */
    @Override
    protected Response authenticationComplete() {
        throw new AuthenticationFlowException(AuthenticationFlowError.GENERIC_AUTHENTICATION_ERROR);
    }
}
