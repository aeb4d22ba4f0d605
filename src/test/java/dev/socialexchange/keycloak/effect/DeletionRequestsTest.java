package dev.socialexchange.keycloak.effect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Which messages of a provider are a request to be forgotten, where an administrator has decided about one. */
class DeletionRequestsTest {
    private static final Instant ASKED = Instant.parse("2026-11-20T10:00:00Z");

    private final Map<String, String> attributes = new HashMap<>(Map.of(
            DeletionRequests.CODE, "code",
            DeletionRequests.STATE, "refused"));
    private final UserModel user = RealTypes.fake(
            UserModel.class,
            Map.of(
                    "getFirstAttribute",
                    arguments -> attributes.get((String) arguments[0]),
                    "setSingleAttribute",
                    arguments -> {
                        attributes.put((String) arguments[0], (String) arguments[1]);
                        return null;
                    }));
    private final DeletionRequests requests = new DeletionRequests(session());

    private static KeycloakSession session() {
        RealmModel realm = RealTypes.fake(RealmModel.class, Map.of());
        KeycloakContext context = RealTypes.fake(KeycloakContext.class, Map.of("getRealm", arguments -> realm));
        return RealTypes.fake(
                KeycloakSession.class, Map.of("getContext", arguments -> context, "getProvider", arguments -> null));
    }

    /** A provider tries again, and whoever has seen the message may. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3600})
    void messageThatIsToldAgainDoesNotReopenWhatWasRefused(long secondsBefore) {
        RequestDetail.opened("facebook", ASKED, OptionalInt.of(7), ASKED)
                .refused("open orders")
                .write(user);

        String code = requests.open(user, "facebook", ASKED.minusSeconds(secondsBefore), OptionalInt.of(7));

        assertThat(code).isEqualTo("code");
        assertThat(attributes).containsEntry(DeletionRequests.STATE, "refused");
        assertThat(RequestDetail.of(user).reason()).isEqualTo("open orders");
        assertThat(RequestDetail.of(user).due()).isEmpty();
    }

    @Test
    void whoeverAsksAgainLaterIsLookedAtAnew() {
        RequestDetail.opened("facebook", ASKED, OptionalInt.of(7), ASKED)
                .refused("open orders")
                .write(user);

        String code = requests.open(user, "facebook", ASKED.plusSeconds(1), OptionalInt.of(7));

        assertThat(code).isEqualTo("code");
        assertThat(attributes).containsEntry(DeletionRequests.STATE, "open");
        assertThat(RequestDetail.of(user).reason()).isEmpty();
        assertThat(RequestDetail.of(user).due()).isPresent();
    }
}
