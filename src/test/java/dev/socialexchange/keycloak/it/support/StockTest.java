package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That the look behind every refusal sees what it is there for. */
class StockTest {
    private static final Stock BEFORE = new Stock(Map.of(
            "users", 5L,
            "letters of users", 200L,
            "links", 5L,
            "credentials", 3L,
            "sessions", 4L,
            "single-use objects", 2L,
            "event LOGIN", 1L));

    @Test
    void seesNothingWhereNothingWasLeft() {
        assertThat(residue("event TOKEN_EXCHANGE_ERROR", 1, "token_invalid")).isEmpty();
        assertThat(residue("sessions", -1, "token_invalid"))
                .as("it has expired meanwhile")
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "users, 1",
        "users, -1",
        "letters of users, 3",
        "links, 1",
        "links, -1",
        "letters of links, 7",
        "credentials, 1",
        "credentials, -1",
        "attributes, 1",
        "roles, 2",
        "groups, 1",
        "consents, 1",
        "required actions, 1",
        "verified addresses, 1",
        "enabled users, -1",
        "not before, 1700000000",
        "sessions, 1",
        "offline sessions, 1",
        "client sessions, 1",
        "authentication sessions, 1",
        "single-use objects, 1",
        "event REGISTER, 1",
        "event TOKEN_EXCHANGE, 1",
        "event FEDERATED_IDENTITY_LINK, 1",
        "event TOKEN_EXCHANGE_ERROR, 2",
        "whatever is counted one day, 1"
    })
    void seesWhatARefusalHasLeftOrTaken(String what, long change) {
        assertThat(residue(what, change, "token_invalid")).contains("%s %+d".formatted(what, change));
    }

    @ParameterizedTest
    @ValueSource(strings = {"verify_email", "consent", "required_action", "audience_invalid"})
    void allowsTheUserWhoStays(String reason) {
        Stock withUser = new Stock(Map.of("users", 1L, "links", 1L, "letters of users", 30L, "event REGISTER", 1L));
        assertThat(withUser.residue(new Stock(Map.of()), reason, false)).isEmpty();
        assertThat(withUser.residue(new Stock(Map.of()), "token_invalid", false))
                .hasSize(4);
        assertThat(residue("users", 1, reason)).containsExactly("a user without a link");
        assertThat(residue("users", -1, reason)).isNotEmpty();
        assertThat(residue("links", 2, reason)).isNotEmpty();
        assertThat(residue("sessions", 1, reason)).isNotEmpty();
        assertThat(residue("credentials", -1, reason)).isNotEmpty();
        assertThat(residue("consents", 1, reason)).isNotEmpty();
    }

    @Test
    void allowsTheLinkThatWasGivenOutAndTheMarkOfAnOutage() {
        assertThat(after("single-use objects", 1).residue(BEFORE, "login_required", true))
                .isEmpty();
        assertThat(after("single-use objects", 2).residue(BEFORE, "login_required", true))
                .isNotEmpty();
        assertThat(residue("single-use objects", 1, "provider_unavailable")).isEmpty();
    }

    private static Iterable<String> residue(String what, long change, String reason) {
        return after(what, change).residue(BEFORE, reason, false);
    }

    private static Stock after(String what, long change) {
        Map<String, Long> counts = new TreeMap<>(BEFORE.counts());
        counts.merge(what, change, Long::sum);
        return new Stock(counts);
    }
}
