package dev.socialexchange.keycloak.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import dev.socialexchange.keycloak.provider.LinkMark;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;

/** By which id a signal's account is known once nobody else changes what is known of the user. */
class ReceivedSignalTest {
    private static final ExternalAccount TOLD = new ExternalAccount("apple", "before");

    private final List<String> marks = new ArrayList<>();
    private final UserModel user = RealTypes.fake(
            UserModel.class,
            Map.of(
                    "getId", arguments -> "u",
                    "getAttributeStream", arguments -> List.copyOf(marks).stream(),
                    "setAttribute",
                            arguments -> {
                                marks.clear();
                                ((List<?>) arguments[1]).forEach(mark -> marks.add(mark.toString()));
                                return null;
                            }));

    /** @param linked by the id that was told, or {@code null} */
    private static KeycloakSession session(UserModel linked, FederatedIdentityModel link) {
        RealmModel realm = RealTypes.fake(RealmModel.class, Map.of());
        KeycloakContext context = RealTypes.fake(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
        UserProvider users = RealTypes.fake(
                UserProvider.class,
                Map.of(
                        "getUserByFederatedIdentity", arguments -> linked,
                        "getFederatedIdentity", arguments -> link));
        return RealTypes.fake(
                KeycloakSession.class, Map.of("getContext", arguments -> context, "users", arguments -> users));
    }

    @Test
    void accountThatHasGotAnotherIdMeanwhileIsMeantByThatOne() {
        FederatedIdentityModel renumbered = new FederatedIdentityModel("apple", "after", "ada");
        LinkMark.of(user, new ExternalAccount("apple", "after")).formerly(TOLD).write(user);

        assertThat(ReceivedSignal.asLinkedNow(session(null, renumbered), user, TOLD))
                .isEqualTo(new ExternalAccount("apple", "after"));
    }

    /** What is said of the account that they had is not true of the one that they have. */
    @Test
    void accountThatThePersonHasReplacedMeanwhileIsNotTakenForTheOther() {
        FederatedIdentityModel another = new FederatedIdentityModel("apple", "another", "ada");
        LinkMark.of(user, new ExternalAccount("apple", "another"))
                .formerly(new ExternalAccount("apple", "somebody"))
                .write(user);

        assertThat(ReceivedSignal.asLinkedNow(session(null, another), user, TOLD))
                .isEqualTo(TOLD);
    }

    @Test
    void accountThatIsLinkedStillOrNoMoreIsMeantByTheIdThatWasTold() {
        FederatedIdentityModel asStored = new FederatedIdentityModel("apple", "BEFORE", "ada");

        assertThat(ReceivedSignal.asLinkedNow(session(user, asStored), user, TOLD))
                .isEqualTo(TOLD);
        assertThat(ReceivedSignal.asLinkedNow(session(null, null), user, TOLD)).isEqualTo(TOLD);
    }
}
