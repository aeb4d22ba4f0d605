package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** When a request to be forgotten is done by itself. */
class DeletionRequestTest {
    private static final Instant TOLD = Instant.parse("2026-11-20T10:00:00Z");
    private static final Instant NOW = Instant.parse("2026-11-26T10:00:00Z");

    @Test
    void withoutAnAdministratorsWordNothingIsEverDoneByItself() {
        DeletionRequest detail = DeletionRequest.opened(
                "facebook", Optional.of(new ExternalAccount("facebook", "1")), TOLD, OptionalInt.empty(), NOW);

        assertThat(detail.due()).isEmpty();
        assertThat(detail.isDue(Instant.MAX)).isFalse();
    }

    /** A provider may tell it days later; an administrator has the whole time all the same. */
    @Test
    void daysCountFromWhenTheRequestHasCome() {
        DeletionRequest detail = DeletionRequest.opened(
                "facebook", Optional.of(new ExternalAccount("facebook", "1")), TOLD, OptionalInt.of(7), NOW);

        assertThat(detail.due()).contains(Instant.parse("2026-12-03T10:00:00Z"));
        assertThat(detail.isDue(Instant.parse("2026-12-03T09:59:59Z"))).isFalse();
        assertThat(detail.isDue(Instant.parse("2026-12-03T10:00:00Z"))).isTrue();
        assertThat(detail.requested()).isEqualTo(TOLD.getEpochSecond());
    }

    @Test
    void whatAnAdministratorHasRefusedIsNotDoneByItself() {
        DeletionRequest refused = DeletionRequest.opened(
                        "facebook", Optional.of(new ExternalAccount("facebook", "1")), TOLD, OptionalInt.of(7), NOW)
                .refused("open orders");

        assertThat(refused.isDue(Instant.MAX)).isFalse();
        assertThat(refused.reason()).isEqualTo("open orders");
    }
}
