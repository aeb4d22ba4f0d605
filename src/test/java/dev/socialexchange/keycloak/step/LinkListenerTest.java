package dev.socialexchange.keycloak.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.provider.ImportMark;
import dev.socialexchange.keycloak.telemetry.Recorder;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakTransaction;
import org.keycloak.models.KeycloakTransactionManager;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionProvider;

/** By which events of Keycloak's own somebody who was imported has come: whoever has is never taken back. */
class LinkListenerTest {
    private static final String MIRA = "8b3c";

    private final Map<String, String> attributes = new HashMap<>();
    private final List<KeycloakTransaction> afterwards = new ArrayList<>();
    private final List<Object> arrived = new ArrayList<>();

    private static <T> T fake(Class<T> type, BiFunction<String, Object[], Object> answer) {
        return type.cast(Proxy.newProxyInstance(
                LinkListenerTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answer.apply(method.getName(), arguments)));
    }

    private void happens(EventType type, String userId) {
        RealmModel realm = fake(RealmModel.class, (method, arguments) -> null);
        UserModel user = fake(
                UserModel.class,
                (method, arguments) -> method.equals("setSingleAttribute")
                        ? attributes.put((String) arguments[0], (String) arguments[1])
                        : attributes.get((String) arguments[0]));
        UserProvider users = fake(UserProvider.class, (method, arguments) -> MIRA.equals(arguments[1]) ? user : null);
        KeycloakContext context =
                fake(KeycloakContext.class, (method, arguments) -> method.equals("getRealm") ? realm : null);
        // a transient session is in no store
        UserSessionProvider sessions = fake(UserSessionProvider.class, (method, arguments) -> null);
        Recorder recorder = fake(Recorder.class, (method, arguments) -> {
            arrived.add(arguments[0]);
            return null;
        });
        KeycloakTransactionManager transactions = fake(KeycloakTransactionManager.class, (method, arguments) -> {
            afterwards.add((KeycloakTransaction) arguments[0]);
            return null;
        });
        KeycloakSession session = fake(KeycloakSession.class, (method, arguments) -> switch (method) {
            case "getContext" -> context;
            case "users" -> users;
            case "sessions" -> sessions;
            case "getProvider" -> recorder;
            case "getTransactionManager" -> transactions;
            default -> null;
        });
        Event event = new Event();
        event.setType(type);
        event.setUserId(userId);
        event.setSessionId("transient");
        new LinkListener.Factory().create(session).onEvent(event);
        afterwards.forEach(transaction -> {
            transaction.begin();
            transaction.commit();
        });
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "LOGIN",
                "TOKEN_EXCHANGE",
                "JWT_AUTHORIZATION_GRANT",
                "OAUTH2_EXTENSION_GRANT",
                "OAUTH2_DEVICE_CODE_TO_TOKEN",
                "AUTHREQID_TO_TOKEN",
                "PERMISSION_TOKEN",
                "VERIFIABLE_CREDENTIAL_PRE_AUTHORIZED_GRANT",
                "CODE_TO_TOKEN",
                "REFRESH_TOKEN"
            })
    void whoGetsTokensHasComeThoughNoSessionStays(EventType type) {
        ImportMark.begun("django", "may").write(mira());

        happens(type, MIRA);

        assertThat(attributes).containsKey(ImportMark.CAME);
        assertThat(arrived).containsExactly("django");
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "UPDATE_CREDENTIAL",
                "UPDATE_PASSWORD",
                "UPDATE_TOTP",
                "VERIFY_EMAIL",
                "UPDATE_EMAIL",
                "UPDATE_PROFILE",
                "GRANT_CONSENT"
            })
    void whoHasChangedWhatIsTheirsHasCome(EventType type) {
        ImportMark.begun("django", "may").write(mira());

        happens(type, MIRA);

        assertThat(attributes).containsKey(ImportMark.CAME);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "JWT_AUTHORIZATION_GRANT_ERROR",
                "TOKEN_EXCHANGE_ERROR",
                "LOGIN_ERROR",
                "UPDATE_PASSWORD_ERROR",
                "SEND_RESET_PASSWORD",
                "IMPERSONATE",
                "USER_DISABLED_BY_TEMPORARY_LOCKOUT"
            })
    void whoIsRefusedAndWhomOthersActUponHasNotCome(EventType type) {
        ImportMark.begun("django", "may").write(mira());

        happens(type, MIRA);

        assertThat(attributes).doesNotContainKey(ImportMark.CAME);
        assertThat(arrived).isEmpty();
    }

    @Test
    void nobodyElseIsMarkedAndNobodyUnknownIsLookedFor() {
        happens(EventType.JWT_AUTHORIZATION_GRANT, MIRA);
        happens(EventType.JWT_AUTHORIZATION_GRANT, "gone");
        happens(EventType.TOKEN_EXCHANGE, null);

        assertThat(attributes).isEmpty();
        assertThat(arrived).isEmpty();
    }

    private UserModel mira() {
        return fake(
                UserModel.class, (method, arguments) -> attributes.put((String) arguments[0], (String) arguments[1]));
    }
}
