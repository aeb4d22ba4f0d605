package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Which logins end on the page that they were waiting on. */
class StaleLoginTest {
    private static final ExternalAccount ACCOUNT = new ExternalAccount("google", "1");
    private static final long SAID = 1_000;

    /** That the login came by. */
    private String account = "google.1";

    private final AtomicReference<List<?>> marks = new AtomicReference<>(List.of());
    private final Map<String, String> notes = new HashMap<>();
    private final UserModel user = RealTypes.fake(
            UserModel.class,
            Map.of("getAttributeStream", arguments -> marks.get().stream(), "setAttribute", arguments -> {
                marks.set((List<?>) arguments[1]);
                return null;
            }));

    /**
     * @param provenAt of the login, by Google
     * @param cameBy the provider that is noted for its session, or {@code null}
     */
    private boolean ends(EventType type, long provenAt, String cameBy) {
        AuthenticationSessionModel login = RealTypes.fake(
                AuthenticationSessionModel.class,
                Map.of(
                        "getAuthenticatedUser",
                        arguments -> user,
                        "getClientNote",
                        arguments -> provenAt + " google",
                        "getUserSessionNotes",
                        arguments -> cameBy == null ? Map.of() : Map.of("identity_provider", cameBy),
                        "getAuthNote",
                        arguments -> account,
                        "setAuthNote",
                        arguments -> notes.put((String) arguments[0], (String) arguments[1])));
        RealmModel realm = RealTypes.fake(RealmModel.class, Map.of());
        KeycloakContext context = RealTypes.fake(
                KeycloakContext.class,
                Map.of("getAuthenticationSession", arguments -> login, "getRealm", arguments -> realm));
        UserProvider users = RealTypes.fake(
                UserProvider.class,
                Map.of("getFederatedIdentity", arguments -> new FederatedIdentityModel("google", "1", "ada")));
        Event event = new Event();
        event.setType(type);

        StaleLogin.end(
                RealTypes.fake(
                        KeycloakSession.class, Map.of("getContext", arguments -> context, "users", arguments -> users)),
                event);

        return "true".equals(notes.get("END_AFTER_REQUIRED_ACTIONS"));
    }

    @ParameterizedTest
    @CsvSource({
        "UPDATE_PROFILE, 1000, google, true",
        "CUSTOM_REQUIRED_ACTION_ERROR, 1000, google, true",
        "IDENTITY_PROVIDER_POST_LOGIN, 1000, , true",
        "UPDATE_PROFILE, 1001, google, false",
        "UPDATE_PROFILE, 1000, github, false",
        "FEDERATED_IDENTITY_LINK, 1000, , false"
    })
    void loginEndsThatHasComeByWhatCountsNoMore(EventType type, long provenAt, String cameBy, boolean ends) {
        LinkMark.of(user, ACCOUNT).revokedAt(SAID).write(user);

        assertThat(ends(type, provenAt, cameBy)).isEqualTo(ends);
    }

    @Test
    void loginBySuspendedAccountEndsWheneverItWasProven() {
        LinkMark.of(user, ACCOUNT).suspendedAt(SAID).write(user);

        assertThat(ends(EventType.UPDATE_PROFILE, SAID + 1, "google")).isTrue();
    }

    @Test
    void loginGoesOnWhereSomethingWasSaidOfAnAccountThatWasLinkedBefore() {
        LinkMark.of(user, new ExternalAccount("google", "0")).revokedAt(SAID).write(user);

        assertThat(ends(EventType.UPDATE_PROFILE, SAID, "google")).isFalse();
    }

    @Test
    void loginEndsThatMayHaveComeByAnAccountThatWasLinkedBefore() {
        LinkMark.of(user, new ExternalAccount("google", "0")).revokedAt(SAID).write(user);
        account = null;

        assertThat(ends(EventType.UPDATE_PROFILE, SAID, "google")).isTrue();
    }

    @Test
    void loginGoesOnWhereNothingWasSaid() {
        assertThat(ends(EventType.UPDATE_PROFILE, 1, "google")).isFalse();
    }
}
