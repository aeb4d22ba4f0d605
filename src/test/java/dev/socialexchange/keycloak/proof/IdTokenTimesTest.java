package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.loopback.DemoProviders;
import dev.socialexchange.keycloak.loopback.Exchanged;
import dev.socialexchange.keycloak.loopback.Loopback;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Id tokens that are too old, too young, or say nothing about it. */
class IdTokenTimesTest {

    @ParameterizedTest
    @CsvSource({
        "exp, -60, token_expired, token_expired",
        "nbf, 120, token_invalid, token_invalid: nbf_in_future",
        "iat, 120, token_invalid, token_invalid: iat_in_future",
        "iat, -3700, token_too_old, token_too_old"
    })
    void refusesTokenOutsideItsTime(String claim, int secondsFromNow, String reason, String event) {
        refuses(claims -> claims.put(claim, now() + secondsFromNow), Map.of(), reason, event);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "iat", "sub"})
    void refusesTokenThatLacksRequiredClaim(String claim) {
        refuses(claims -> claims.remove(claim), Map.of(), "token_invalid", "token_invalid: " + claim + "_missing");
        refuses(claims -> claims.put(claim, true), Map.of(), "token_invalid", "token_invalid: " + claim + "_missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void refusesTokenWithBlankSubject(String subject) {
        refuses(claims -> claims.put("sub", subject), Map.of(), "token_invalid", "token_invalid: sub_missing");
    }

    @Test
    void refusesNumbersBeyondAllTime() {
        refuses(claims -> claims.put("exp", Long.MAX_VALUE), Map.of(), "token_expired", "token_expired");
        refuses(claims -> claims.put("iat", Long.MIN_VALUE), Map.of(), "token_too_old", "token_too_old");
        refuses(claims -> claims.put("exp", 1e300), Map.of(), "token_invalid", "token_invalid: exp_missing");
    }

    @Test
    void allowsForClocksThatDifferByAFewSeconds() {
        Person person = Loopback.newPerson();
        exchange(DemoProviders.like("google"), person, claims -> claims.put("exp", now() - 5))
                .assertProven();
        exchange(DemoProviders.like("google"), person, claims -> claims.put("iat", now() + 5))
                .assertProven();
        exchange(DemoProviders.like("google"), person, claims -> claims.put("nbf", now() + 5))
                .assertProven();
    }

    @Test
    void oldestAcceptedTokenIsTheProvidersSetting() {
        Map<String, String> minute = Map.of("exchangeMaxAge", "60");
        refuses(claims -> claims.put("iat", now() - 90), minute, "token_too_old", "token_too_old");

        ExchangeIdentityProvider day = DemoProviders.like("google", Map.of("exchangeMaxAge", "86400"));
        exchange(day, Loopback.newPerson(), claims -> claims.put("iat", now() - 80_000))
                .assertProven();
    }

    private static void refuses(
            Consumer<Map<String, Object>> claims, Map<String, String> settings, String reason, String event) {
        exchange(DemoProviders.like("google", settings), Loopback.newPerson(), claims)
                .assertRefused(reason, event);
    }

    private static Exchanged exchange(
            ExchangeIdentityProvider provider, Person person, Consumer<Map<String, Object>> claims) {
        OpenIdProvider google = DemoProviders.openId("google");
        return Loopback.idToken(provider, google.idToken(google.clientId(), person, claims));
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }
}
