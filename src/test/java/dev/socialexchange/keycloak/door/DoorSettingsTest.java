package dev.socialexchange.keycloak.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an administrator has said on a client about its doors. */
class DoorSettingsTest {

    @Test
    void pairsAreThoseThatAreSome() {
        assertThat(DoorSettings.pairs(" google-oauth2 = google ##azure=entra##no pair##"))
                .isEqualTo(Map.of("google-oauth2", "google", "azure", "entra"));
        assertThat(DoorSettings.pairs("https://api.example/=api##https://shop.example/cb=a=b"))
                .isEqualTo(Map.of("https://api.example/", "api", "https://shop.example/cb", "a=b"));
        assertThat(DoorSettings.pairs(null)).isEmpty();
    }

    @Test
    void aClientWithoutAnyHasNone() {
        assertThat(DoorSettings.NONE.aliases()).isEmpty();
        assertThat(DoorSettings.NONE.callbacks()).isEmpty();
        assertThat(DoorSettings.NONE.audiences()).isEmpty();
    }
}
