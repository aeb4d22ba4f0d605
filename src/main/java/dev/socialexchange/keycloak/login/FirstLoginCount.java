package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.util.function.Supplier;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * Counts a first login once it is committed: what was rolled back is made again, or was none.
 *
 * @param session of the login's transaction
 * @param type the provider's
 */
record FirstLoginCount(KeycloakSession session, String type) {

    FirstLogin of(Supplier<FirstLogin> login) {
        Recorder recorder = session.getProvider(Recorder.class);
        try {
            FirstLogin first = login.get();
            whenCommitted(() -> recorder.firstLogin(type, first.created() ? "created" : "linked"));
            return first;
        } catch (ExchangeException refused) {
            if (refused.browserHelps()) {
                recorder.firstLogin(type, "asked");
            }
            throw refused;
        }
    }

    private void whenCommitted(Runnable count) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                count.run();
            }

            @Override
            protected void rollbackImpl() {
                // nobody was introduced
            }
        });
    }
}
