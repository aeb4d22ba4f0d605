package dev.socialexchange.keycloak.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import dev.socialexchange.keycloak.net.Call;
import dev.socialexchange.keycloak.net.Deadline;
import dev.socialexchange.keycloak.net.Outcome;
import dev.socialexchange.keycloak.net.ProviderCalls;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CheckCallsTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private final List<Duration> deadlines = new ArrayList<>();
    /** Knows nothing of anybody's tokens: what is counted for a client or an address would be a method that it has not. */
    private final ProviderCalls forEverybody = RealTypes.fake(
            ProviderCalls.class,
            Map.of(
                    "now", arguments -> 0L,
                    "within",
                            arguments -> {
                                deadlines.add((Duration) arguments[0]);
                                return Deadline.in((Duration) arguments[0], () -> 0);
                            },
                    "sendForEverybody", arguments -> new Outcome.Answer(204, Map.of(), new byte[0])));

    @Test
    void callsAreOnNobodysAccountAndWithinTheProvidersTimeout() {
        CheckCalls.Sent sent = new CheckCalls(forEverybody, TIMEOUT, new HostTurns())
                .send(new Call("GET", URI.create("https://idp.example/jwks"), Map.of(), null, true));

        assertThat(sent.made()).isEqualTo(new Step.CallMade("idp.example", "2xx", 0));
        assertThat(deadlines).containsExactly(TIMEOUT);
    }

    @Test
    void credentialsInAUrlAreNotShown() {
        CheckCalls.Sent sent = new CheckCalls(forEverybody, TIMEOUT, new HostTurns())
                .send(new Call("GET", URI.create("https://user:password@idp.example:8443/"), Map.of(), null, true));

        assertThat(sent.made().host()).isEqualTo("idp.example:8443");
    }
}
