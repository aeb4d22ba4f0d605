package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Request;
import dev.socialexchange.keycloak.simulator.TelegramSigned;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One person at Telegram is one person here: the number is their id, whatever they come with. */
class TelegramIT extends ConformanceChecks {
    private static final String ALIAS = "telegram";
    private static final String REPLAYED = "telegram-replayed";

    private static DataProvider telegram;

    @BeforeAll
    static void addBot() {
        realm = new ConformanceRealm();
        telegram = ConformanceRealm.provider("telegram");
        realm.add(ALIAS, "telegram", Map.of());
        realm.add(REPLAYED, "telegram", Map.of());
        realm.add(
                ALIAS + "-bot",
                "telegram",
                Map.of("clientSecret", telegram.data().signedData().botToken()));
    }

    @Test
    void idTokenWithoutTheScopeProfileIsRefusedByNameAndMakesNobody() {
        Person person = Suite.newPerson();
        String token = telegram.idToken(telegram.clientId(), person, claims -> claims.keySet()
                .retainAll(List.of("iss", "aud", "sub", "iat", "exp")));
        int before = realm.admin().countUsers();

        for (int attempt = 0; attempt < 2; attempt++) { // and the token is not used up
            Answer answer = idToken(ALIAS, token);
            assertRefused(answer, 400, "invalid_request", "token_invalid");
            assertThat(answer.text("error_description")).contains("scope profile");
        }
        assertThat(realm.knows(ALIAS, sub(person))).isFalse();
        assertThat(realm.admin().countUsers()).isEqualTo(before);
    }

    @Test
    void personWhoWasLinkedBySubStaysTheSameAndIsKnownByTheNumberFromThenOn() {
        Person person = Suite.newPerson();
        String user = linkedBySub(person, List.of());

        Answer byToken = idToken(ALIAS, telegram.idToken(telegram.clientId(), person));

        assertThat(byToken.status()).as(byToken.body()).isEqualTo(200);
        assertThat(byToken.claims().path("sub").asText()).isEqualTo(user);
        assertThat(byToken.json().path("user_created").asBoolean()).isFalse();
        assertThat(links(user)).containsExactly(person.id());
        assertThat(signedIn(person)).isEqualTo(user);
    }

    @Test
    void personWhoWasLinkedBySubStaysTheSameInABrowser() {
        Person person = Suite.newPerson();
        String user = linkedBySub(person, List.of());

        assertThat(signedIn(person)).isEqualTo(user);
        assertThat(links(user)).containsExactly(person.id());
    }

    /** Where the link kept its old id, the browser that goes on would find nobody, and make a second account. */
    @Test
    void personWhoWasLinkedBySubStaysTheSameWhereTheExchangeHasToStop() {
        Person person = Suite.newPerson();
        String user = linkedBySub(person, List.of("UPDATE_PASSWORD"));

        Answer stopped = idToken(ALIAS, telegram.idToken(telegram.clientId(), person));

        assertRefused(stopped, 400, "interaction_required", "required_action");
        assertThat(links(user)).containsExactly(person.id());
    }

    /** The order in which they come must not matter: who is known by the number already is not looked for by anything else. */
    @Test
    void subOfOnePersonNeverLeadsToAnotherWhoIsKnownByTheNumber() {
        Person person = Suite.newPerson();
        String known = idToken(ALIAS, telegram.idToken(telegram.clientId(), person))
                .claims()
                .path("sub")
                .asText();
        String stranger = linkedBySub(person, List.of());

        Answer again = idToken(ALIAS, telegram.idToken(telegram.clientId(), person));

        assertThat(again.claims().path("sub").asText()).isEqualTo(known).isNotEqualTo(stranger);
    }

    @Test
    void widgetDataNeedsNoOtherId() {
        Person person = Suite.newPerson();
        String alias = ALIAS + "-bot";
        String data = telegram.signedData(telegram.data().signedData().botToken(), person)
                .as(TelegramSigned.Spelling.WIDGET_JSON);

        Answer byWidget = signedData(alias, data);
        Answer byToken = idToken(alias, telegram.idToken(telegram.clientId(), person));

        assertIdentity(telegram, person, false, byWidget);
        assertThat(byToken.claims().path("sub")).isEqualTo(byWidget.claims().path("sub"));
    }

    @Test
    void browserLoginSendsANonce() {
        Person person = Suite.newPerson();

        signedIn(person);

        Request authorize = Suite.providers().requests("oauth.telegram.org", "/auth").stream()
                .filter(request -> request.carries("login=" + person.id()))
                .findFirst()
                .orElseThrow();
        assertThat(authorize.query().get("nonce")).isNotBlank();
    }

    @Test
    void browserLoginRefusesATokenOfAnotherLogin() {
        for (String nonce : new String[] {null, "of-another-login"}) {
            Person person = Suite.newPerson();
            String stolen = telegram.idToken(telegram.clientId(), person, claims -> claims.put("nonce", nonce));
            breakDown(
                    telegram.data().token().url(),
                    Fault.altered(tokens -> {
                                tokens.put("id_token", stolen);
                                return tokens;
                            })
                            .forToken("/broker/" + REPLAYED + "/endpoint"));

            assertThatThrownBy(() -> realm.signIn(REPLAYED, person)).hasMessageContaining("answered 502");
            assertUnknown(telegram, REPLAYED, person);
        }
    }

    @Test
    void frontEndsNonceIsComparedWithTheTokens() {
        Person person = Suite.newPerson();
        String token = telegram.idToken(telegram.clientId(), person, claims -> claims.put("nonce", "of-the-app"));

        Answer without = idToken(ALIAS, token);
        Answer with = realm.exchange(ALIAS, TokenType.ID_TOKEN, token, Map.of("nonce", "of-the-app"));

        assertRefused(without, 400, "invalid_request", "nonce_missing");
        assertIdentity(telegram, person, true, with);
    }

    private static String sub(Person person) {
        return "18" + person.id() + "18";
    }

    /** As this type left somebody whose token had no other id. */
    private static String linkedBySub(Person person, List<String> requiredActions) {
        return realm.admin()
                .createUser(Map.of(
                        "username",
                        Suite.unique("linked-by-sub"),
                        "enabled",
                        true,
                        "requiredActions",
                        requiredActions,
                        "federatedIdentities",
                        List.of(Map.of("identityProvider", ALIAS, "userId", sub(person), "userName", sub(person)))));
    }

    private static String signedIn(Person person) {
        Answer answer = realm.signIn(ALIAS, person);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.claims().path("sub").asText();
    }

    private static List<String> links(String user) {
        return realm.admin().federatedIdentities(user).findValues("userId").stream()
                .map(JsonNode::asText)
                .toList();
    }
}
