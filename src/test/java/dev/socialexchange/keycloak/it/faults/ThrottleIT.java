package dev.socialexchange.keycloak.it.faults;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Elsewhere;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.OwnProviders;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Oidc;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An attack on one client: told as such, and nobody else's trouble. */
class ThrottleIT {
    private static final int LIMIT = 40;
    private static final int FAR = 10 * LIMIT;

    private final OwnProviders providers = new OwnProviders();
    private final String client = Suite.unique("attacked");

    @AfterEach
    void stop() {
        providers.close();
    }

    @Test
    void twoHundredBadTokensFromOneAddressAreThrottledAndGoodOnesAndOtherAddressesAreNot() throws IOException {
        String alias = provider();

        List<Answer> answers = badTokens(alias, 200);

        assertThat(answers.subList(0, LIMIT)).extracting(Answer::errorReason).containsOnly("token_invalid");
        Answer last = answers.get(199);
        assertRefused(last, 429, "temporarily_unavailable", "throttled");
        assertThat(Integer.parseInt(last.header("Retry-After").orElseThrow())).isBetween(60, 300);
        assertTokens(good(alias).send());
        try (Elsewhere elsewhere = Elsewhere.at("127.0.0.3")) {
            assertThat(elsewhere.status(bad(alias, "from-elsewhere"))).isEqualTo(400);
        }
        assertThat(Exchanges.idToken(alias, "another-clients").errorReason()).isEqualTo("token_invalid");
    }

    @Test
    void anAttackFillsNoEventStore() {
        String alias = provider();

        badTokens(alias, 200);

        assertThat(Exchanges.refusals(alias))
                .hasSize(LIMIT + 1)
                .contains("throttled: failures")
                .filteredOn(reason -> reason.startsWith("throttled"))
                .hasSize(1);
    }

    /** What is far too much is not even looked at. */
    @Test
    void fromTenTimesTheLimitOnGoodTokensOfThatAddressHaveToWait() throws IOException {
        String alias = provider();

        badTokens(alias, FAR + LIMIT);

        assertRefused(good(alias).send(), 429, "temporarily_unavailable", "throttled");
        try (Elsewhere elsewhere = Elsewhere.at("127.0.0.3")) {
            assertThat(elsewhere.status(good(alias))).isEqualTo(200);
        }
    }

    @Test
    void aProvidersQuotaIsSparedTheCallsOfAnAttack() {
        String alias = provider("exchangeThrottle", "0", "exchangeCallBudget", "10");
        List<Answer> answers = IntStream.range(0, 30)
                .mapToObj(i ->
                        request(alias, TokenType.ACCESS_TOKEN, "invented-" + i).send())
                .toList();

        assertThat(answers.get(0).errorReason()).isEqualTo("token_invalid");
        assertRefused(answers.get(29), 429, "temporarily_unavailable", "throttled");
        assertThat(Exchanges.refusals(alias)).contains("throttled: calls").hasSizeLessThan(30);
        assertTokens(good(alias).send()); // needs no call
    }

    @Test
    void whatIsSwitchedOffIsNotThrottled() {
        String alias = provider("exchangeThrottle", "0");

        assertThat(badTokens(alias, 2 * LIMIT)).extracting(Answer::errorReason).containsOnly("token_invalid");
    }

    private String provider() {
        return provider("exchangeThrottle", String.valueOf(LIMIT));
    }

    private String provider(String... settings) {
        Suite.admin().createClient(Map.of("clientId", client, "publicClient", true));
        Map<String, String> all = new HashMap<>(Map.of("exchangeClients", client + "##" + Suite.SPA));
        for (int i = 0; i < settings.length; i += 2) {
            all.put(settings[i], settings[i + 1]);
        }
        return providers.identityProvider("acme", all);
    }

    private List<Answer> badTokens(String alias, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> bad(alias, "no-token-" + i).send())
                .toList();
    }

    private TokenRequest bad(String alias, String token) {
        return request(alias, TokenType.ID_TOKEN, token);
    }

    private TokenRequest request(String alias, String type, String token) {
        return Suite.tokens()
                .exchange(alias)
                .as(client)
                .type(type)
                .subjectToken(token)
                .scope("openid");
    }

    private TokenRequest good(String alias) {
        return bad(alias, providers.simulator().acme().idToken(Oidc.CLIENT_ID, providers.newPerson()));
    }
}
