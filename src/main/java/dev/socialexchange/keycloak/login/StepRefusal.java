package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeError;
import java.util.Optional;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Why a step of ours stops a login, for whoever runs the flow: the status and page of a step's answer say nothing reliable. */
public final class StepRefusal {
    private static final String NOTE = "SOCIAL_EXCHANGE_REFUSED";

    private StepRefusal() {}

    /** By the step, before it challenges. */
    public static void note(AuthenticationSessionModel authSession, ExchangeError error) {
        authSession.setAuthNote(NOTE, error.name());
    }

    static Optional<ExchangeError> of(AuthenticationSessionModel authSession) {
        return Optional.ofNullable(authSession.getAuthNote(NOTE)).map(ExchangeError::valueOf);
    }
}
