package dev.socialexchange.keycloak.broker;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Work that the database may refuse, in a transaction beside the request's: a violated constraint there does not spoil the
 * request, and is known before the answer is made instead of at its commit.
 */
final class OwnTransaction {
    private static final int ATTEMPTS = 3;

    private final KeycloakSession outer;

    OwnTransaction(KeycloakSession outer) {
        this.outer = outer;
    }

    /**
     * Two people may want one username or address at the same time: the slower one sees the faster one's user next time. What
     * clashes every time is no race but a profile, or a mapper, that wants what another user has.
     */
    <T> T run(Function<KeycloakSession, T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return KeycloakModelUtils.runJobInTransactionWithResult(
                        outer.getKeycloakSessionFactory(), outer.getContext(), work::apply, "social exchange");
            } catch (ModelException failed) {
                boolean duplicate = isDuplicate(failed);
                if (!duplicate || attempt == ATTEMPTS) {
                    throw ExchangeException.refuse(
                            ExchangeError.PROFILE_INCOMPLETE,
                            "The account's profile cannot be stored as it is",
                            duplicate ? "profile_clashes" : "profile_not_storable");
                }
            }
        }
    }

    private static boolean isDuplicate(Throwable failed) {
        return failed != null && (failed instanceof ModelDuplicateException || isDuplicate(failed.getCause()));
    }
}
