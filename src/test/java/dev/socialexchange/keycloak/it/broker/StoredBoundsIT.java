package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a provider says is stored as it is, left out, or refused, and never a server error. */
class StoredBoundsIT {
    private static OwnRealm realm;
    private static String alias;

    private final Person person = Suite.newPerson();

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        alias = realm.provider("acme", Map.of());
        JsonNode profile = realm.admin().get("/users/profile");
        profile.path("attributes").forEach(attribute -> ((ObjectNode) attribute).remove(List.of("required")));
        realm.admin().put("/users/profile", profile);
    }

    @Test
    void anIdThatIsTooLongIsRefused() {
        String id = "7".repeat(256);
        OwnRealm.Traces before = realm.traces();

        Answer answer = exchange(claims -> claims.put("sub", id));

        realm.assertRefused(answer, 403, "access_denied", "account_id_unusable", before, List.of(alias + "/" + id));
    }

    @Test
    void idsThatDifferInTheirLastCharacterAreTwoPeople() {
        String same = Suite.unique("long") + "-".repeat(200);

        Answer one = exchange(claims -> claims.put("sub", same + "1"));
        Answer other = exchangeOf(Suite.newPerson(), claims -> claims.put("sub", same + "2"));

        assertThat(one.status()).as(one.body()).isEqualTo(200);
        assertThat(other.status()).as(other.body()).isEqualTo(200);
        assertThat(other.claims().path("sub")).isNotEqualTo(one.claims().path("sub"));
    }

    @Test
    @DisabledIfSystemProperty(
            named = "keycloak.version",
            matches = "26\\.6\\..*",
            disabledReason = "Keycloak 26.6 does not keep the sid of an id_token")
    void aSessionOfTheProviderThatIsTooLongIsRefusedAtOnce() {
        OwnRealm.Traces before = realm.traces();

        Answer answer = exchange(claims -> claims.put("sid", "s".repeat(1100)));

        realm.assertRefused(
                answer, 400, "invalid_request", "token_invalid", before, List.of(alias + "/" + person.id()));
        assertThat(answer.took()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aSessionOfTheProviderThatFitsIsKept() {
        Answer answer = exchange(claims -> claims.put("sid", "s".repeat(1024 - alias.length() - 1)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(realm.admin().sessions(answer.claims().path("sub").asText())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"given_name", "family_name", "name", "preferred_username", "email"})
    void whatSomebodyIsCalledLocksNobodyOut(String claim) {
        for (String odd : List.of("x".repeat(300), "a\u0000b", "\u200b")) {
            Person called = Suite.newPerson();

            Answer answer = exchangeOf(called, claims -> claims.put(claim, odd));

            assertThat(answer.status()).as("%s: %s", claim, answer.body()).isEqualTo(200);
            assertThat(realm.linked(alias, called)).hasSize(1);
            assertThat(realm.user(answer).toString()).doesNotContain("x".repeat(256));
        }
    }

    /** A known link keeps its name, unless it is updated at each login. */
    @ParameterizedTest
    @ValueSource(strings = {"IMPORT", "FORCE"})
    void aLinksNameThatAMapperMakesTooLongIsLeftOut(String syncMode) {
        String mapped = withLongName("BROKER_USERNAME", syncMode);
        Person known = linked(mapped);
        Person unknown = Suite.newPerson();

        Answer ofKnown = realm.login(mapped, known);
        Answer ofUnknown = realm.login(mapped, unknown);

        assertThat(linkName(ofKnown, mapped))
                .isEqualTo(syncMode.equals("FORCE") ? mapped + "." + known.id() : known.username());
        assertThat(linkName(ofUnknown, mapped)).isEqualTo(mapped + "." + unknown.id());
    }

    /** Somebody known keeps it, unless it is updated at each login. */
    @ParameterizedTest
    @ValueSource(strings = {"IMPORT", "FORCE"})
    void aLocalNameThatAMapperMakesTooLongHasToBeCompleted(String syncMode) {
        String mapped = withLongName("LOCAL", syncMode);
        Person known = linked(mapped);
        OwnRealm.Traces before = realm.traces();

        if (syncMode.equals("FORCE")) {
            Answer answer = realm.exchange(mapped, known);
            realm.assertRefused(answer, 400, "interaction_required", "profile_incomplete", before, List.of());
        } else {
            assertThat(realm.user(realm.login(mapped, known)).path("username").asText())
                    .isEqualTo(known.username());
        }
        realm.assertAsksForInteraction(mapped, Suite.newPerson(), "profile_incomplete");
    }

    /** A provider with a mapper that writes it; nobody has come by it before there was one. */
    private static String withLongName(String target, String syncMode) {
        String mapped = realm.provider("acme", Map.of("syncMode", syncMode));
        realm.mapper(
                mapped,
                "oidc-username-idp-mapper",
                "INHERIT",
                Map.of("template", "n".repeat(300) + "${CLAIM.sub}", "target", target));
        return mapped;
    }

    private static String linkName(Answer answer, String at) {
        return realm.link(answer.claims().path("sub").asText(), at)
                .orElseThrow()
                .path("userName")
                .asText();
    }

    /** Somebody who has not come yet. */
    private static Person linked(String alias) {
        Person person = Suite.newPerson();
        String user = realm.user(person.username(), person.email(), account -> {});
        realm.admin()
                .post(
                        "/users/" + user + "/federated-identity/" + alias,
                        Map.of("userId", person.id(), "userName", person.username()));
        return person;
    }

    @Test
    void anAttributeOfAnyLengthIsStored() {
        String mapped = realm.provider("acme", Map.of());
        realm.mapper(
                mapped,
                "oidc-user-attribute-idp-mapper",
                "INHERIT",
                Map.of("claim", "long", "user.attribute", "firstName"));

        Answer answer = exchange(mapped, person, claims -> claims.put("long", "x".repeat(3000)));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private Answer exchange(Consumer<Map<String, Object>> change) {
        return exchangeOf(person, change);
    }

    private static Answer exchangeOf(Person someone, Consumer<Map<String, Object>> change) {
        return exchange(alias, someone, change);
    }

    private static Answer exchange(String at, Person someone, Consumer<Map<String, Object>> change) {
        return realm.tokens()
                .exchange(at)
                .as(Suite.SPA)
                .scope("openid")
                .type(TokenType.ID_TOKEN)
                .subjectToken(Suite.providers().acme().idToken("acme-client", someone, change))
                .send();
    }
}
