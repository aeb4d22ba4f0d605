package dev.socialexchange.keycloak.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.proof.OfflineKeycloak;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Google;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many more exchanges at the same moment than a host has places, from one address, on a node that has just started. */
class BurstTest {
    private static final int AT_ONCE = 64;
    private static final int SLOW = 8;
    private static final Duration LATENCY = Duration.ofMillis(100).multipliedBy(SLOW);
    private static final String KEYS = "www.googleapis.com";

    private final ExecutorService people = Executors.newFixedThreadPool(AT_ONCE);
    private final OfflineKeycloak node = Loopback.newNode(SLOW);
    private final ExchangeIdentityProvider provider = DemoProviders.like("google");
    private final Google google = Loopback.providers().google();

    @AfterEach
    void end() {
        Loopback.providers().clearFaults();
        people.shutdownNow();
    }

    @Test
    void noneOfSixtyFourIsRefusedWhoseProviderTakesATenthOfASecond() {
        slow("oauth2.googleapis.com", "openidconnect.googleapis.com");

        List<Exchanged> all =
                atOnce(2, Loopback.ACCESS_TOKEN, () -> google.accessToken(google.clientId(), Loopback.newPerson()));

        assertThat(all).hasSize(2 * AT_ONCE).allSatisfy(Exchanged::assertProven);
    }

    @Test
    void noneOfSixtyFourIdTokensIsRefusedThoughNoKeysAreThereYetWhichAreAskedForOnce() {
        slow(KEYS);
        int before = Loopback.providers().requests(KEYS, null).size();

        List<Exchanged> all =
                atOnce(2, Loopback.ID_TOKEN, () -> google.idToken(google.clientId(), Loopback.newPerson()));

        assertThat(all).hasSize(2 * AT_ONCE).allSatisfy(Exchanged::assertProven);
        assertThat(Loopback.providers().requests(KEYS, null)).hasSizeLessThanOrEqualTo(before + 1); // the log forgets
    }

    private static void slow(String... hosts) {
        Stream.of(hosts).forEach(host -> Loopback.providers().fault(host, null, Fault.latency(LATENCY)));
    }

    /** Each of them does it again as soon as it is done. */
    private List<Exchanged> atOnce(int times, String type, Supplier<String> token) {
        List<List<String>> tokens = IntStream.range(0, AT_ONCE)
                .mapToObj(each -> Stream.generate(token).limit(times).toList())
                .toList();
        return tokens.stream()
                .map(mine -> CompletableFuture.supplyAsync(
                        () -> mine.stream()
                                .map(one -> Loopback.exchange(node, provider, type, one, Map.of()))
                                .toList(),
                        people))
                .toList()
                .stream()
                .flatMap(each -> each.join().stream())
                .toList();
    }
}
