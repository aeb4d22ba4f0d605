package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.TelegramSigned;
import dev.socialexchange.keycloak.simulator.TelegramSigned.Spelling;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What Telegram hands to an app: signed with the bot token, good for a while, and once. */
class SignedDataIT {
    private static final String ALIAS = "telegram";

    private static ConformanceRealm realm;
    private static String botToken;

    @BeforeAll
    static void addBot() {
        realm = new ConformanceRealm();
        botToken = telegram().data().signedData().botToken();
        realm.add(ALIAS, "telegram", Map.of("clientSecret", botToken));
    }

    static Stream<Arguments> refused() {
        long now = Instant.now().getEpochSecond();
        return Stream.of(
                refusal("token_invalid", data -> data.replaceFirst("first_name=[^&]*", "first_name=Eve")),
                refusal("token_invalid", data -> data.replaceFirst("hash=.", "hash=")),
                refusal("token_invalid", data -> data.replaceFirst("&hash=[0-9a-f]*|hash=[0-9a-f]*&", "")),
                refusal("token_invalid", data -> data + "&first_name=Eve"),
                refusal("token_invalid", data -> data + "&admin=1"),
                refusal("token_invalid", data -> data.replace("username=", "Username=")),
                refusal("token_too_old", data -> signed(data, "auth_date", now - 3700)),
                refusal("token_invalid", data -> signed(data, "auth_date", now + 600)),
                refusal("token_invalid", data -> signed(data, "auth_date", null)),
                refusal("token_invalid", data -> "x".repeat(9000)));
    }

    private static Arguments refusal(String reason, UnaryOperator<String> change) {
        return Arguments.of(reason, change);
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refusesDataAndLeavesNothingBehind(String reason, UnaryOperator<String> change) {
        Person person = Suite.newPerson();
        String data = change.apply(signed(person).as(Spelling.WIDGET_QUERY));
        String subject = data.replaceFirst("(?s).*?\\bid=(\\d+).*", "$1");
        Traces before = traces();

        Answer answer = exchange(ALIAS, data);

        assertRefused(answer, 400, "invalid_request", reason);
        assertThat(answer.body()).doesNotContain(person.username());
        assertThat(traces()).isEqualTo(before);
        assertThat(realm.knows(ALIAS, subject)).isFalse();
        assertThat(realm.knows(ALIAS, person.id())).isFalse();
    }

    @ParameterizedTest
    @EnumSource(Spelling.class)
    void dataIsGoodForOneOfManySimultaneousUses(Spelling spelling) {
        String data = signed(Suite.newPerson()).as(spelling);

        List<CompletableFuture<Answer>> all = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> exchange(ALIAS, data)))
                .toList();
        List<Answer> answers = all.stream().map(CompletableFuture::join).toList();

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .allSatisfy(answer -> assertRefused(answer, 400, "invalid_request", "token_replayed"));
    }

    @Test
    void refusesUsedDataHoweverItIsSpelled() {
        TelegramSigned signed = signed(Suite.newPerson());
        String query = signed.as(Spelling.WIDGET_QUERY);

        assertThat(exchange(ALIAS, signed.as(Spelling.WIDGET_JSON)).status()).isEqualTo(200);
        assertRefused(exchange(ALIAS, query), 400, "invalid_request", "token_replayed");
        assertRefused(exchange(ALIAS, query.replace("hash=", "%68ash=")), 400, "invalid_request", "token_replayed");
    }

    @Test
    void dataThatYieldedNothingMayBeUsedAgain() {
        Person person = Suite.newPerson();
        Answer first = exchange(ALIAS, signed(person).as(Spelling.MINI_APP));
        String user = first.claims().path("sub").asText();
        String data = signed(person).with("query_id", "another").as(Spelling.MINI_APP);

        realm.admin().updateUser(user, found -> found.put("enabled", false));
        assertRefused(exchange(ALIAS, data), 403, "access_denied", "account_unavailable");
        realm.admin().updateUser(user, found -> found.put("enabled", true));

        assertThat(exchange(ALIAS, data).status()).isEqualTo(200);
        assertRefused(exchange(ALIAS, data), 400, "invalid_request", "token_replayed");
    }

    @Test
    void idTokenAndSignedDataLeadToTheSameUser() {
        Person person = Suite.newPerson().withName("Юлия", "王");
        Answer bySignedData = exchange(ALIAS, signed(person).as(Spelling.MINI_APP));
        String token = telegram().idToken(telegram().clientId(), person, claims -> {
            claims.put("aud", Long.valueOf(telegram().clientId())); // Telegram spells it as a number, too
            claims.put("sub", "another-subject");
        });

        Answer byIdToken = realm.exchange(ALIAS, TokenType.ID_TOKEN, token, Map.of());

        assertThat(bySignedData.status()).as(bySignedData.body()).isEqualTo(200);
        assertThat(byIdToken.status()).as(byIdToken.body()).isEqualTo(200);
        assertThat(byIdToken.json().path("user_created").asBoolean()).isFalse();
        assertThat(byIdToken.claims().path("sub"))
                .isEqualTo(bySignedData.claims().path("sub"));
        assertThat(bySignedData.claims().path("given_name").asText()).isEqualTo("Юлия");
    }

    @Test
    void refusesWhatDoesNotBelongToSignedData() {
        for (String parameter : List.of("nonce", "redirect_uri", "code_verifier")) {
            String data = signed(Suite.newPerson()).as(Spelling.WIDGET_JSON);
            Answer answer = realm.exchange(ALIAS, TokenType.SIGNED_DATA, data, Map.of(parameter, "x".repeat(43)));
            assertRefused(answer, 400, "invalid_request", "parameter_invalid");
        }
    }

    /** What an exchange could leave behind. */
    private record Traces(int users, int sessions) {}

    private static Traces traces() {
        int sessions = 0;
        for (JsonNode client : realm.admin().get("/client-session-stats")) {
            sessions += client.path("active").asInt();
        }
        return new Traces(realm.admin().countUsers(), sessions);
    }

    private static DataProvider telegram() {
        return ConformanceRealm.provider("telegram");
    }

    private static TelegramSigned signed(Person person) {
        return telegram().signedData(botToken, person);
    }

    /** The same person's data, signed anew with another value; {@code null} takes the field away. */
    private static String signed(String query, String field, Object value) {
        String id = query.replaceFirst(".*\\bid=(\\d+).*", "$1");
        Person person = Person.unknown("Ada").withId(id);
        return signed(person).with(field, value).as(Spelling.WIDGET_QUERY);
    }

    private static Answer exchange(String alias, String data) {
        return realm.exchange(alias, TokenType.SIGNED_DATA, data, Map.of());
    }
}
