package dev.socialexchange.keycloak.it.faults;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Elsewhere;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Oidc;
import java.io.IOException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** An attack on one client: told as such, and nobody else's trouble. */
@OlderKeycloakOnDemand
class ThrottleIT {
    private static final int LIMIT = 40;

    /** A phase is told with whatever exchange comes next in the realm: that must be nobody else's. */
    private final OwnRealm realm = OwnRealm.create();

    private final App app = App.of(realm);

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
        assertThat(realm.request(App.of(realm).clientId(), alias, TokenType.ID_TOKEN, "another-clients")
                        .send()
                        .errorReason())
                .isEqualTo("client_not_allowed");
    }

    @Test
    void anAttackFillsNoEventStore() {
        String alias = provider();

        badTokens(alias, 200);

        assertThat(refusals())
                .hasSizeBetween(LIMIT + 1, LIMIT + 30) // while it goes on, the limit drains
                .contains("throttled: failures")
                .filteredOn(reason -> reason.startsWith("throttled"))
                .hasSize(1);
    }

    /** What is far too much is not even looked at. With one failure a minute, more than half a minute has to pass before a good one is. */
    @Test
    void fromTenTimesTheLimitOnGoodTokensOfThatAddressHaveToWait() throws IOException {
        String alias = provider("exchangeThrottle", "1");

        badTokens(alias, 10 + 2);

        assertRefused(good(alias).send(), 429, "temporarily_unavailable", "throttled");
        try (Elsewhere elsewhere = Elsewhere.at("127.0.0.3")) {
            assertThat(elsewhere.status(good(alias))).isEqualTo(200);
        }
    }

    @Test
    void aProvidersQuotaIsSparedTheCallsOfAnAttack() {
        String alias = provider("exchangeThrottle", "0", "exchangeCallBudget", "10");
        List<Answer> answers = IntStream.range(0, 30)
                .mapToObj(i -> realm.request(app.clientId(), alias, TokenType.ACCESS_TOKEN, "invented-" + i)
                        .send())
                .toList();

        assertThat(answers.get(0).errorReason()).isEqualTo("token_invalid");
        assertRefused(answers.get(29), 429, "temporarily_unavailable", "throttled");
        assertThat(refusals()).contains("throttled: calls").hasSizeLessThan(30);
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
        return app.provider("acme", copy -> {
            for (int i = 0; i < settings.length; i += 2) {
                copy.withObject("/config").put(settings[i], settings[i + 1]);
            }
        });
    }

    private List<Answer> badTokens(String alias, int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> bad(alias, "no-token-" + i).send())
                .toList();
    }

    private TokenRequest bad(String alias, String token) {
        return realm.request(app.clientId(), alias, TokenType.ID_TOKEN, token);
    }

    private TokenRequest good(String alias) {
        return bad(alias, Suite.providers().acme().idToken(Oidc.CLIENT_ID, Suite.newPerson()));
    }

    /** The reasons of the realm's events. */
    private List<String> refusals() {
        return StreamSupport.stream(
                        realm.admin()
                                .events("type=TOKEN_EXCHANGE_ERROR&max=500")
                                .spliterator(),
                        false)
                .map(event -> event.path("details").path("reason").asText())
                .toList();
    }
}
