package dev.socialexchange.keycloak.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.telemetry.Exchanged.Outcome;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentExchangesTest {
    private static final int MANY = 20_000;

    private Instant now = Instant.ofEpochSecond(1000);
    private final RecentExchanges recent = new RecentExchanges(() -> now);

    @Test
    void tellsTheLastSuccessAndEachRefusalByItsReason() {
        recent.add(refused("token_expired"));
        now = now.plusSeconds(10);
        recent.add(refused("token_expired"));
        recent.add(refused("token_invalid"));
        now = now.plusSeconds(10);
        recent.add(Exchanged.of("realm", "google", "my-google", "spa", "id_token", Outcome.SUCCESS));

        Lately lately = recent.of("realm", "my-google");

        assertThat(lately.lastSuccess()).isEqualTo(1020);
        assertThat(lately.refusals())
                .containsOnlyKeys("token_expired", "token_invalid")
                .containsEntry("token_expired", new Lately.Refused(2, 1010))
                .containsEntry("token_invalid", new Lately.Refused(1, 1010));
    }

    @Test
    void theSameAliasInAnotherRealmIsAnotherProvider() {
        recent.add(refused("token_expired"));

        assertThat(recent.of("another", "my-google")).isEqualTo(Lately.NOTHING);
    }

    @Test
    void whatNamesNoOpenProviderIsNotKept() {
        recent.add(Exchanged.of("realm", Exchanged.UNKNOWN, Exchanged.UNKNOWN, "spa", "id_token", Outcome.REFUSED));

        assertThat(recent.size()).isZero();
    }

    @Test
    void howeverManyProvidersAndReasonsThereAreItTakesBoundedRoom() {
        for (int i = 0; i < MANY; i++) {
            recent.add(new Exchanged("realm", "google", "alias" + i, "spa", "id_token", Outcome.REFUSED, "r", "none"));
            recent.add(refused("reason" + i));
        }

        assertThat(recent.size()).isLessThanOrEqualTo(5_000);
        assertThat(recent.of("realm", "my-google").refusals()).hasSizeLessThanOrEqualTo(100);
    }

    private static Exchanged refused(String reason) {
        return new Exchanged("realm", "google", "my-google", "spa", "id_token", Outcome.REFUSED, reason, "none");
    }
}
