package dev.socialexchange.keycloak;

import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.function.Function;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.util.DPoPUtil;

/**
 * Work in a transaction beside the request's, which gives its connection back before: what the database refuses is known
 * before the answer is made, and what failed leaves nothing behind.
 */
public final class OwnTransaction {
    private static final int ATTEMPTS = 3;

    /** What Keycloak (26.7) keeps of a token request, beside its parameters, for the tokens that are made in its session. */
    private static final List<String> CARRIED = List.of(
            DPoPUtil.DPOP_SESSION_ATTRIBUTE,
            DPoPUtil.DPOP_BINDING_ONLY_REFRESH_TOKEN_SESSION_ATTRIBUTE,
            Constants.USE_LIGHTWEIGHT_ACCESS_TOKEN_ENABLED,
            Rehearsal.ATTRIBUTE);

    private final KeycloakSession request;

    public OwnTransaction(KeycloakSession request) {
        this.request = request;
    }

    /**
     * Two people may want one username or address at the same time: the slower one sees the faster one's user next time. What
     * clashes every time is no race but a profile, or a mapper, that wants what another user has.
     *
     * @param work is done again, in a new session, after a clash
     * @throws ExchangeException if it cannot be committed
     */
    public <T> T run(Function<KeycloakSession, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(work);
            } catch (ModelException | PersistenceException failed) {
                if (!Outage.isClash(failed) || attempt == ATTEMPTS) {
                    throw refusal(failed);
                }
            }
        }
    }

    /** Once, without an answer of its own to what the database refuses. */
    <T> T attempt(Function<KeycloakSession, T> work) {
        RequestConnection.release(request);
        return KeycloakModelUtils.runJobInTransactionWithResult(
                request.getKeycloakSessionFactory(),
                request.getContext(),
                session -> {
                    CARRIED.forEach(name -> session.setAttribute(name, request.getAttribute(name)));
                    BackgroundRequest.carry(request, session);
                    T result = work.apply(session);
                    if (Rehearsal.is(session)) {
                        Rehearsal.end(session);
                    }
                    return result;
                },
                "social exchange");
    }

    private static ExchangeException refusal(RuntimeException failed) {
        boolean clash = Outage.isClash(failed);
        return clash || Outage.isRefusalOfData(failed)
                ? ExchangeException.refuse(
                        ExchangeError.PROFILE_INCOMPLETE,
                        "The account's profile cannot be stored as it is",
                        clash ? "profile_clashes" : "profile_not_storable")
                : ForeignCode.fault("user storage", failed);
    }
}
