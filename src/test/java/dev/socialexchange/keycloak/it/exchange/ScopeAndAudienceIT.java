package dev.socialexchange.keycloak.it.exchange;

import static dev.socialexchange.keycloak.it.support.Refusals.assertEvent;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code scope} and {@code audience}: nobody gets more than the client has, and audience only narrows. */
class ScopeAndAudienceIT {

    @Test
    void grantsTheOptionalScopeThatWasAskedFor() {
        Door door = Door.open();

        Answer plain = door.exchange(Suite.newPerson()).send();
        Answer wide = door.exchange(Suite.newPerson()).scope("openid phone").send();

        assertThat(scopes(plain)).contains("email", "profile").doesNotContain("phone", "openid");
        assertThat(scopes(wide)).contains("openid", "phone");
        assertThat(wide.text("scope")).isEqualTo(wide.claims().path("scope").asText());
    }

    @ParameterizedTest
    @ValueSource(strings = {"openid no-such-scope", "admin", "*", "openid\u00a0phone", "пользователь", "a:b:c"})
    void refusesScopeThatIsNotTheClients(String scope) {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).scope(scope).send();

        assertRefused(answer, 400, "invalid_scope", "scope_invalid", door.alias(), person.id());
        assertEvent(door.clientId(), "scope_invalid");
    }

    @Test
    void audienceNarrowsForPublicAndConfidentialClients() {
        List<String> apis = apis(2);
        for (Door door : new Door[] {Door.open(Door.reaching(apis)), Door.confidential(Door.reaching(apis))}) {
            Answer wide = door.exchange(Suite.newPerson()).send();
            Answer narrow = door.exchange(Suite.newPerson())
                    .param("audience", apis.get(0))
                    .send();
            Answer both = door.exchange(Suite.newPerson())
                    .param("audience", apis.get(0))
                    .param("audience", apis.get(1))
                    .requested(TokenType.ACCESS_TOKEN)
                    .send();

            assertThat(audience(wide)).contains("account").containsAll(apis);
            assertThat(narrow.status()).as(narrow.body()).isEqualTo(200);
            assertThat(audience(narrow)).containsExactly(apis.get(0));
            assertThat(both.status()).as(both.body()).isEqualTo(200);
            assertThat(audience(both)).containsExactlyInAnyOrderElementsOf(apis);
        }
    }

    @Test
    @DisabledIfSystemProperty(
            named = "keycloak.version",
            matches = "26\\.6\\..*",
            disabledReason = "the refresh token grant of Keycloak 26.6 widens the audience again")
    void narrowedTokenStaysNarrowWhenItIsRefreshed() {
        List<String> apis = apis(2);
        Door door = Door.open(Door.reaching(apis));
        Answer narrow =
                door.exchange(Suite.newPerson()).param("audience", apis.get(0)).send();

        Answer refreshed = door.refresh(narrow.refreshToken());

        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(audience(refreshed)).containsExactly(apis.get(0));
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-such-client", "", " ", "https://api.example", "\u0430ccount"})
    void refusesAudienceThatDoesNotExist(String audience) {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).param("audience", audience).send();

        assertRefused(answer, 400, "invalid_target", "audience_invalid", door.alias(), person.id());
        assertEvent(door.clientId(), "audience_invalid");
    }

    @Test
    void refusesAudienceThatIsDisabled() {
        String api = apis(1).get(0);
        Door door = Door.open(Door.reaching(List.of(api)));
        Suite.admin().updateClient(api, client -> client.put("enabled", false));
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).param("audience", api).send();

        assertRefused(answer, 400, "invalid_target", "audience_invalid", door.alias(), person.id());
    }

    @Test
    void refusesAudienceThatTheTokenWouldNotReach() {
        String api = apis(1).get(0);
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer alone = door.exchange(person).param("audience", api).send();
        Answer besideAnother = door.exchange(person)
                .param("audience", "account")
                .param("audience", api)
                .send();

        assertRefused(alone, 400, "invalid_target", "audience_invalid", door.alias(), person.id());
        assertRefused(besideAnother, 400, "invalid_target", "audience_invalid", door.alias(), person.id());
    }

    @Test
    void refusalOfAnAudienceDoesNotUseUpTheToken() {
        String api = apis(1).get(0);
        Door door = Door.open();
        String token = Door.idToken(Suite.newPerson());

        Answer refused = door.request()
                .subjectToken(token)
                .type(TokenType.ID_TOKEN)
                .param("audience", api)
                .send();
        Answer again =
                door.request().subjectToken(token).type(TokenType.ID_TOKEN).send();

        assertThat(refused.errorReason()).isEqualTo("audience_invalid");
        assertThat(again.status()).as(again.body()).isEqualTo(200);
    }

    private static List<String> apis(int count) {
        return Stream.generate(() -> Door.client(Suite.unique("api"), null, client -> {}))
                .limit(count)
                .toList();
    }

    private static List<String> audience(Answer answer) {
        JsonNode audience = answer.claims().path("aud");
        return audience.isArray()
                ? StreamSupport.stream(audience.spliterator(), false)
                        .map(JsonNode::asText)
                        .toList()
                : List.of(audience.asText());
    }

    private static List<String> scopes(Answer answer) {
        return Arrays.asList(answer.claims().path("scope").asText().split(" "));
    }
}
