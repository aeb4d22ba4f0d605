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
    private final TickingClock clock = new TickingClock(SLOW);
    private final OfflineKeycloak node = Loopback.newNode(clock);
    private final ExchangeIdentityProvider provider = DemoProviders.like("google", Map.of("exchangeTimeout", "30000"));
    private final Google google = Loopback.providers().google();

    @AfterEach
    void end() {
        Loopback.providers().clearFaults();
        people.shutdownNow();
        clock.close();
    }

    @Test
    void noneOfSixtyFourIsRefusedWhoseProviderTakesATenthOfASecond() {
        Supplier<String> token = () -> google.accessToken(google.clientId(), Loopback.newPerson());
        connect(Loopback.ACCESS_TOKEN, token);
        slow("oauth2.googleapis.com", "openidconnect.googleapis.com");

        List<Exchanged> all = atOnce(node, 2, Loopback.ACCESS_TOKEN, token);

        assertThat(all).hasSize(2 * AT_ONCE).allSatisfy(Exchanged::assertProven);
    }

    @Test
    void noneOfSixtyFourIdTokensIsRefusedThoughNoKeysAreThereYetWhichAreAskedForOnce() {
        Supplier<String> token = () -> google.idToken(google.clientId(), Loopback.newPerson());
        connect(Loopback.ID_TOKEN, token);
        slow(KEYS);
        int before = Loopback.providers().requests(KEYS, null).size();

        List<Exchanged> all = atOnce(node, 2, Loopback.ID_TOKEN, token);

        assertThat(all).hasSize(2 * AT_ONCE).allSatisfy(Exchanged::assertProven);
        assertThat(Loopback.providers().requests(KEYS, null)).hasSizeLessThanOrEqualTo(before + 1); // the log forgets
    }

    private static void slow(String... hosts) {
        Stream.of(hosts).forEach(host -> Loopback.providers().fault(host, null, Fault.latency(LATENCY)));
    }

    /** On a node for which no time passes: 64 connections that are new, and code that runs for the first time, are no matter of places. */
    private void connect(String type, Supplier<String> token) {
        atOnce(Loopback.newNode(() -> 0), 1, type, token);
    }

    /** Each of them does it again as soon as it is done. */
    private List<Exchanged> atOnce(OfflineKeycloak at, int times, String type, Supplier<String> token) {
        List<List<String>> tokens = IntStream.range(0, AT_ONCE)
                .mapToObj(each -> Stream.generate(token).limit(times).toList())
                .toList();
        return tokens.stream()
                .map(mine -> CompletableFuture.supplyAsync(
                        () -> mine.stream()
                                .map(one -> Loopback.exchange(at, provider, type, one, Map.of()))
                                .toList(),
                        people))
                .toList()
                .stream()
                .flatMap(each -> each.join().stream())
                .toList();
    }
}
