package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.UserSessionModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Which of several accounts at one provider a session came by, and what was said of which counts for it. */
class CameByTest {
    private static final ExternalAccount FORMER = new ExternalAccount("google", "1");
    private static final ExternalAccount LINKED = new ExternalAccount("google", "2");
    private static final long SAID = 1_000;

    private final AtomicReference<List<?>> marks = new AtomicReference<>(List.of());
    private final Map<String, String> notes = new HashMap<>(Map.of("identity_provider", "google"));
    private final UserModel user = RealTypes.fake(
            UserModel.class,
            Map.of("getAttributeStream", arguments -> marks.get().stream(), "setAttribute", arguments -> {
                marks.set((List<?>) arguments[1]);
                return null;
            }));

    /** @param id of the user's account at Google; {@code null} if none is linked */
    private static KeycloakSession linkedTo(String id) {
        RealmModel realm = RealTypes.fake(RealmModel.class, Map.of());
        KeycloakContext context = RealTypes.fake(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
        UserProvider users = RealTypes.fake(
                UserProvider.class,
                Map.of(
                        "getFederatedIdentity",
                        arguments -> id == null ? null : new FederatedIdentityModel("google", id, "ada")));
        return RealTypes.fake(
                KeycloakSession.class, Map.of("getContext", arguments -> context, "users", arguments -> users));
    }

    private UserSessionModel begunBy(String account) {
        return RealTypes.fake(
                UserSessionModel.class,
                Map.of(
                        "getUser", arguments -> user,
                        "getBrokerUserId", arguments -> account,
                        "getNote", arguments -> notes.get((String) arguments[0]),
                        "setNote", arguments -> notes.put((String) arguments[0], (String) arguments[1])));
    }

    private static AuthenticationSessionModel login(String account) {
        return RealTypes.fake(AuthenticationSessionModel.class, Map.of("getAuthNote", arguments -> account));
    }

    @ParameterizedTest
    @CsvSource({
        "google.2, 2, true",
        "google.1, 2, false", // another one is linked now, or the same by another id
        "google.2, , false",
        ", 2, false",
        "github.2, 2, false"
    })
    void accountIsKnownOnlyWhereItIsTheOneThatIsLinkedNow(String noted, String linked, boolean known) {
        assertThat(CameBy.known(linkedTo(linked), begunBy(noted)))
                .isEqualTo(known ? Optional.of(LINKED) : Optional.empty());
    }

    /** Keycloak leaves the first one noted. */
    @Test
    void sessionInWhichSomebodyHasSignedInByAnotherAccountMayHaveComeByAny() {
        UserSessionModel session = begunBy("google.2");

        CameBy.note(login("google.1"), session);

        assertThat(CameBy.known(linkedTo("2"), session)).isEmpty();
        assertThat(CameBy.maybe(session, FORMER)).isTrue();
        assertThat(CameBy.maybe(session, LINKED)).isTrue();
    }

    @Test
    void loginByTheSameAccountOrByNoneLeavesASessionWhatItWas() {
        UserSessionModel session = begunBy("google.2");

        CameBy.note(login("google.2"), session);
        CameBy.note(login(null), session);
        CameBy.note(null, session);

        assertThat(CameBy.known(linkedTo("2"), session)).contains(LINKED);
        assertThat(CameBy.maybe(session, FORMER)).isFalse();
    }

    /** @param noted of the session */
    @ParameterizedTest
    @CsvSource({"google.2, false", "google.1, true", ", true"})
    void whatWasSaidOfAFormerAccountEndsNoSessionOfTheOneThatIsLinkedNow(String noted, boolean refused) {
        LinkMark.of(user, FORMER).revokedAt(SAID).suspendedAt(SAID).write(user);
        KeycloakSession session = linkedTo("2");

        assertThat(new SignalsSince(session)
                        .refusal(user, "google", () -> CameBy.known(session, begunBy(noted)), SAID - 1)
                        .isPresent())
                .isEqualTo(refused);
    }

    @Test
    void whatWasSaidOfTheAccountThatIsLinkedNowEndsItsSessions() {
        KeycloakSession session = linkedTo("2");
        LinkMark.of(user, LINKED).revokedAt(SAID).write(user);

        assertThat(new SignalsSince(session).refusal(user, "google", () -> Optional.of(LINKED), SAID))
                .isPresent();
        assertThat(new SignalsSince(session).refusal(user, "google", () -> Optional.of(LINKED), SAID + 1))
                .isEmpty();

        LinkMark.of(user, LINKED).suspendedAt(SAID).write(user);

        assertThat(new SignalsSince(session).refusal(user, "google", () -> Optional.of(LINKED), SAID + 1))
                .isPresent();
    }
}
