package dev.socialexchange.keycloak.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.type.OfflineProvider;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;

/** What comes to addresses of ours, and what is made of it. */
final class Signals {

    private Signals() {}

    static SignalRequest body(String body) {
        return body(Map.of(), body);
    }

    /** @param headers by name in lower case */
    static SignalRequest body(Map<String, String> headers, String body) {
        return new SignalRequest(headers, body.getBytes(StandardCharsets.UTF_8));
    }

    static Heard hear(OfflineKeycloak keycloak, OfflineProvider provider, String name, SignalRequest request) {
        return new SignalVerifier(
                        keycloak,
                        provider,
                        name,
                        provider.descriptor().signals().get(name))
                .hear(request);
    }

    static Signal told(OfflineKeycloak keycloak, OfflineProvider provider, String name, SignalRequest request) {
        return ((Heard.Told) hear(keycloak, provider, name, request)).signal();
    }

    static void assertRefused(
            OfflineKeycloak keycloak,
            OfflineProvider provider,
            String name,
            SignalRequest request,
            SignalError error,
            String detail) {
        assertThatThrownBy(() -> hear(keycloak, provider, name, request))
                .isInstanceOfSatisfying(SignalRefusal.class, refused -> {
                    assertThat(refused.detail()).isEqualTo(detail);
                    assertThat(refused.error()).isEqualTo(error);
                });
    }

    static OfflineKeycloak at(long seconds) {
        return new OfflineKeycloak().at(() -> Instant.ofEpochSecond(seconds));
    }
}
