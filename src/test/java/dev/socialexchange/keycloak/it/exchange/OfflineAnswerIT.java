package dev.socialexchange.keycloak.it.exchange;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.AdminApi;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenEndpoint;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.api.Test;

/** {@code scope=offline_access}: what other frameworks call an eternal token. */
class OfflineAnswerIT {

    @Test
    void answersOfflineTokenAndKeepsNoOnlineSession() {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).scope("openid offline_access").send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(Json.claims(answer.refreshToken()).path("typ").asText()).isEqualTo("Offline");
        assertThat(answer.text("issued_token_type")).isEqualTo(TokenType.ACCESS_TOKEN);
        String user = door.userId(person);
        assertThat(Suite.admin().sessions(user)).isEmpty();
        assertThat(Suite.admin().offlineSessions(user, door.clientId())).hasSize(1);
        Answer refreshed = door.refresh(answer.refreshToken());
        assertThat(refreshed.status()).as(refreshed.body()).isEqualTo(200);
        assertThat(refreshed.claims().path("sub").asText()).isEqualTo(user);
    }

    @Test
    void offlineTokenOfOneExchangeOutlivesTheNext() {
        Door door = Door.open();
        Person person = Suite.newPerson();

        Answer first = door.exchange(person).scope("offline_access").send();
        Answer second = door.exchange(person).scope("offline_access").send();

        assertThat(second.status()).as(second.body()).isEqualTo(200);
        assertThat(door.refresh(first.refreshToken()).status()).isEqualTo(200);
        assertThat(door.refresh(second.refreshToken()).status()).isEqualTo(200);
    }

    @Test
    void refusesOfflineAccessForUserWithoutTheRole() {
        String realm = Realm.create("front");
        AdminApi admin = Suite.keycloak().admin(realm);
        Person person = Suite.newPerson();
        Answer online = inRealm(realm, person).send();
        String user = online.claims().path("sub").asText();
        admin.delete("/roles/offline_access");

        Answer answer = inRealm(realm, person).scope("offline_access").send();

        assertRefused(answer, 400, "invalid_scope", "scope_invalid");
        assertThat(admin.offlineSessions(user, "front")).isEmpty();
        assertThat(admin.sessions(user)).hasSize(1); // of the first exchange
    }

    @Test
    void refusesOfflineAccessForClientWithoutTheScope() {
        Door door = Door.open(client -> client.putArray("optionalClientScopes").add("address"));
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).scope("offline_access").send();

        assertRefused(answer, 400, "invalid_scope", "scope_invalid", door.alias(), person.id());
    }

    @Test
    void answersNoOfflineTokenWhereTheClientUsesNoRefreshTokens() {
        Door door = Door.open(client -> client.withObject("/attributes").put("use.refresh.tokens", "false"));
        Person person = Suite.newPerson();

        Answer answer = door.exchange(person).scope("offline_access").send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().has("refresh_token")).isFalse();
        assertThat(Suite.admin().offlineSessions(door.userId(person), door.clientId()))
                .isEmpty();
    }

    private static TokenRequest inRealm(String realm, Person person) {
        return new TokenEndpoint(Suite.keycloak().url(), realm)
                .exchange("acme")
                .as("front")
                .subjectToken(Door.idToken(person))
                .type(TokenType.ID_TOKEN);
    }
}
