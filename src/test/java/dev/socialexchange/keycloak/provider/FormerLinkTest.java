package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.keycloak.models.UserModel;

/** What is kept of accounts that are linked no more. */
class FormerLinkTest {
    private final AtomicReference<List<?>> kept = new AtomicReference<>(List.of());
    private final UserModel user = RealTypes.fake(
            UserModel.class,
            Map.of("getAttributeStream", arguments -> kept.get().stream(), "setAttribute", arguments -> {
                kept.set((List<?>) arguments[1]);
                return null;
            }));

    private Object noted(String id) {
        FormerLink.note(user, new ExternalAccount("google", id));
        return kept.get().get(kept.get().size() - 1);
    }

    @Test
    void accountIsKeptOnceAndAsAHash() {
        Object first = noted("1");
        noted("2");

        assertThat(noted("1")).isEqualTo(first);
        assertThat(kept.get()).hasSize(2);
        assertThat(String.valueOf(first)).hasSize(43).doesNotContain("google");
    }

    @Test
    void oldestOfManyGo() {
        Object first = noted("0");
        for (int i = 1; i <= FormerLink.MOST; i++) {
            noted(String.valueOf(i));
        }

        assertThat(kept.get()).hasSize(FormerLink.MOST);
        assertThat(kept.get().contains(first)).isFalse();
    }
}
