package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.provider.ImportMark;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.util.Set;
import org.keycloak.events.Event;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** Somebody who was imported comes for the first time: noted on them, since nothing else of Keycloak's (26.7) outlives their session, and counted once it is committed. */
public final class Arrival {
    /**
     * By which people get tokens, some of them (the JWT authorization grant, both versions of token exchange, CIBA) without any {@code LOGIN}, or change what is theirs, which they may without
     * signing in. By name: not every version of Keycloak has all of them.
     */
    private static final Set<String> EVENTS = Set.of(
            "LOGIN",
            "CODE_TO_TOKEN",
            "REFRESH_TOKEN",
            "TOKEN_EXCHANGE",
            "JWT_AUTHORIZATION_GRANT",
            "OAUTH2_EXTENSION_GRANT",
            "OAUTH2_DEVICE_CODE_TO_TOKEN",
            "AUTHREQID_TO_TOKEN",
            "PERMISSION_TOKEN",
            "VERIFIABLE_CREDENTIAL_PRE_AUTHORIZED_GRANT",
            "UPDATE_CREDENTIAL",
            "REMOVE_CREDENTIAL",
            "UPDATE_PASSWORD",
            "UPDATE_TOTP",
            "REMOVE_TOTP",
            "VERIFY_EMAIL",
            "UPDATE_EMAIL",
            "UPDATE_PROFILE",
            "VERIFY_PROFILE",
            "GRANT_CONSENT",
            "UPDATE_CONSENT",
            "REVOKE_GRANT");

    private Arrival() {}

    /** Of Keycloak's own ways; a session need not come of it, or outlive the request. Refusals have types of their own. */
    public static void note(KeycloakSession session, Event event) {
        if (event.getUserId() == null || !EVENTS.contains(event.getType().name())) {
            return;
        }
        UserModel user = session.users().getUserById(session.getContext().getRealm(), event.getUserId());
        if (user != null) {
            note(session, user);
        }
    }

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
