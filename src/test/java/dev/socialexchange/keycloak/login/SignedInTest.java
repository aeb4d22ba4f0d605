package dev.socialexchange.keycloak.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
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

/** Who may link what while an account of theirs is suspended. */
class SignedInTest {
    private static final long SUSPENDED = 1_000;
    private static final ExternalAccount ACCOUNT = new ExternalAccount("google", "1");
    private static final ExternalAccount ELSEWHERE = new ExternalAccount("github", "2");

    private final AtomicReference<List<?>> marks = new AtomicReference<>(List.of());
    private final UserModel user = RealTypes.fake(
            UserModel.class,
            Map.of(
                    "getAttributeStream", arguments -> marks.get().stream(),
                    "setAttribute",
                            arguments -> {
                                marks.set((List<?>) arguments[1]);
                                return null;
                            }));

    private void suspend() {
        LinkMark.of(user, ACCOUNT).suspendedAt(SUSPENDED).write(user);
    }

    /** @param alias of the provider by which the session came */
    @ParameterizedTest
    @CsvSource({"google, 1001", "google, 999", ", 1000", ", 999", "github, 1000", ", 0"})
    void nobodyLinksASuspendedAccountWhoMayHaveComeByItOrIsLeftFromBefore(String alias, long since) {
        suspend();
        SignedIn signedIn = new SignedIn(alias, Optional.empty(), since);

        ExchangeException refused =
                catchThrowableOfType(ExchangeException.class, () -> signedIn.requireMayLink(user, ACCOUNT));

        assertThat(refused.error()).isEqualTo(ExchangeError.LINK_SUSPENDED);
        assertThat(signedIn.reproves(user, ACCOUNT)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({", 1001", "github, 1001"})
    void whoHasSignedInInAnotherWaySinceLinksItAgain(String alias, long since) {
        suspend();
        SignedIn signedIn = new SignedIn(alias, Optional.empty(), since);

        signedIn.requireMayLink(user, ACCOUNT);

        assertThat(signedIn.reproves(user, ACCOUNT)).isTrue();
    }

    /** Which would be a way in that outlives the suspension. */
    @Test
    void whoMayHaveComeByASuspendedAccountLinksNoOtherOneEither() {
        suspend();

        assertThatThrownBy(() -> new SignedIn("google", Optional.empty(), 1_001).requireMayLink(user, ELSEWHERE))
                .isInstanceOf(ExchangeException.class);
        assertThatThrownBy(() -> SignedIn.UNKNOWN.requireMayLink(user, ELSEWHERE))
                .isInstanceOf(ExchangeException.class);
        new SignedIn(null, Optional.empty(), 999).requireMayLink(user, ELSEWHERE);
    }

    /** The suspended one is gone for good, maybe, and nothing would ever resume it. */
    @Test
    void whoHasComeByAnotherAccountOfTheSameProviderLinksFurtherOnes() {
        suspend();

        new SignedIn("google", Optional.of(new ExternalAccount("google", "3")), 999).requireMayLink(user, ELSEWHERE);

        for (Optional<ExternalAccount> doubtful : List.of(Optional.of(ACCOUNT), Optional.<ExternalAccount>empty())) {
            assertThatThrownBy(() -> new SignedIn("google", doubtful, 1_001).requireMayLink(user, ELSEWHERE))
                    .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.error())
                            .isEqualTo(ExchangeError.LINK_SUSPENDED));
        }
    }

    @Test
    void anotherAccountOfTheSameProviderDoesNotReproveTheSuspendedOne() {
        suspend();

        assertThat(new SignedIn("google", Optional.of(new ExternalAccount("google", "3")), 1_001)
                        .reproves(user, ACCOUNT))
                .isFalse();
    }

    @Test
    void whereNothingIsSuspendedAnybodyLinks() {
        new SignedIn("google", Optional.empty(), 1).requireMayLink(user, ACCOUNT);
        SignedIn.UNKNOWN.requireMayLink(user, ACCOUNT);
        LinkMark.of(user, ACCOUNT)
                .suspendedAt(SUSPENDED)
                .resumedAt(SUSPENDED + 1)
                .write(user);
        new SignedIn("google", Optional.empty(), 1).requireMayLink(user, ACCOUNT);
    }

    @Test
    void sessionIsAsOldAsWhatItCameOf() {
        UserSessionModel session = RealTypes.fake(
                UserSessionModel.class,
                Map.of(
                        "getUser", arguments -> user,
                        "getBrokerUserId", arguments -> "google.1",
                        "getStarted", arguments -> 2_000,
                        "getNote",
                                arguments -> switch ((String) arguments[0]) {
                                    case "identity_provider" -> "google";
                                    case "SOCIAL_EXCHANGE_PROVEN_AT" -> "1500";
                                    default -> null;
                                }));

        RealmModel realm = RealTypes.fake(RealmModel.class, Map.of());
        KeycloakContext context = RealTypes.fake(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
        UserProvider users = RealTypes.fake(
                UserProvider.class,
                Map.of("getFederatedIdentity", arguments -> new FederatedIdentityModel("google", "1", "ada")));
        KeycloakSession keycloak = RealTypes.fake(
                KeycloakSession.class, Map.of("getContext", arguments -> context, "users", arguments -> users));

        assertThat(SignedIn.by(keycloak, session)).isEqualTo(new SignedIn("google", Optional.of(ACCOUNT), 1_500));
    }
}
