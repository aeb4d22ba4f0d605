package dev.socialexchange.keycloak.revocation;

import dev.socialexchange.keycloak.Printable;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Has tokens taken back, on this node, beside all requests, and tells what has come of it. */
final class Withdrawals implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");
    /** Of one that this node had no room for. */
    private static final String NOT_TRIED = "not_tried";

    private final Retries retries = new Retries(Retries.PAUSES);

    void begin(KeycloakSessionFactory factory, LeftToken left) {
        Attempt attempt = new Attempt(
                work -> KeycloakModelUtils.runJobInTransaction(
                        factory, session -> work.accept(new StoredGrant(session, left))),
                outcome -> log(left, outcome));
        if (!retries.begin(attempt::isAll)) {
            attempt.gaveUp(NOT_TRIED);
        }
    }

    private static void log(LeftToken left, String reason) {
        LOG.warnf(
                "the provider has not taken back the tokens of somebody who is gone: provider=%s user=%s reason=%s",
                Printable.of(left.alias()), left.userId(), reason);
    }

    @Override
    public void close() {
        int left = retries.stop();
        if (left > 0) {
            LOG.warnf("tokens of people who are gone may not have been taken back: count=%d reason=shutdown", left);
        }
    }
}
