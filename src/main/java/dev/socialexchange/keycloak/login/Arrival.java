package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.provider.ImportMark;
import dev.socialexchange.keycloak.telemetry.Recorder;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Somebody who was imported comes for the first time: noted on them, since nothing else of Keycloak's (26.7) outlives their session, and counted once it is committed. */
public final class Arrival {

    private Arrival() {}

    /** @param user who signs in; for whom no import has made it is a look at an attribute */
    public static void note(KeycloakSession session, UserModel user) {
        ImportMark.of(user)
                .filter(mark -> ImportMark.come(user))
                .ifPresent(mark -> count(session, session.getProvider(Recorder.class), mark.source()));
    }

    private static void count(KeycloakSession session, Recorder recorder, String source) {
        session.getTransactionManager().enlistAfterCompletion(new AbstractKeycloakTransaction() {
            @Override
            protected void commitImpl() {
                recorder.arrived(source);
            }

            @Override
            protected void rollbackImpl() {
                // nobody came
            }
        });
    }
}
