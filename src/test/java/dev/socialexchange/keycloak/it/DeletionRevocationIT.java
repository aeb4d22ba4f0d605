package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider is told when somebody, or somebody's link, is deleted: after the commit, whatever it answers. */
@OlderKeycloakOnDemand
class DeletionRevocationIT extends ConformanceChecks {
    private static final String BUNDLE = "com.example.shop.deleted";
    private static final Map<String, String> REVOKING = Map.of("revokeAtDeletion", "true");

    @BeforeAll
    static void createRealm() {
        realm = new ConformanceRealm();
        realm.admin().updateRealm(settings -> settings.put("eventsEnabled", true));
    }

    @AfterEach
    void repair() {
        Suite.providers().clearFaults();
    }

    /** As the app stores ask for: a code of the native app is enough for it. */
    @Test
    void applesRefreshTokenOfANativeCodeIsRevokedWhenTheUserIsDeleted() {
        DataProvider apple = ConformanceRealm.provider("apple");
        apple.register(BUNDLE, "any");
        String alias = storing("apple", Map.of("bundleId", BUNDLE, "revokeAtDeletion", "true"));
        String code = apple.code(BUNDLE, Suite.newPerson(), null, null);
        Answer login = realm.exchange(alias, TokenType.AUTHORIZATION_CODE, code, Map.of());
        String refreshToken =
                realm.storedToken(alias, login).json().path("refresh_token").asText();

        realm.admin().deleteUser(userOf(login));

        assertRevoked(apple, refreshToken);
        assertTold(userOf(login), "REVOKE_GRANT", "token_done");
    }

    @ParameterizedTest
    @ValueSource(strings = {"discord", "kakao", "okta"})
    void tokenIsRevokedWhenTheLinkIsRemoved(String type) {
        String alias = storing(type, REVOKING);
        DataProvider provider = ConformanceRealm.provider(type);
        String token = provider.accessToken(provider.clientId(), Suite.newPerson());
        Answer login = realm.exchange(alias, TokenType.ACCESS_TOKEN, token, Map.of());
        assertThat(login.status()).as(login.body()).isEqualTo(200);

        realm.admin().delete("/users/" + userOf(login) + "/federated-identity/" + alias);

        assertRevoked(provider, token);
    }

    /** Kakao ends all that the account has allowed the app, and another user here has the same one. */
    @Test
    void grantOfAnAccountThatSomebodyElseHasHereIsNotTakenBack() {
        String alias = storing("kakao", REVOKING);
        DataProvider kakao = ConformanceRealm.provider("kakao");
        String shared = kakao.accessToken(kakao.clientId(), Suite.newPerson());
        Answer unlinked = realm.exchange(alias, TokenType.ACCESS_TOKEN, shared, Map.of());
        String id = realm.identity(userOf(unlinked)).get("id").toString();
        String path = "/federated-identity/" + alias;
        String owner = realm.admin().createUser(Map.of("username", Suite.unique("owner"), "enabled", true));
        realm.admin()
                .post("/users/" + owner + path, Map.of("identityProvider", alias, "userId", id, "userName", "by hand"));
        String lone = kakao.accessToken(kakao.clientId(), Suite.newPerson());
        Answer after = realm.exchange(alias, TokenType.ACCESS_TOKEN, lone, Map.of());

        realm.admin().delete("/users/" + userOf(unlinked) + path);
        realm.admin().delete("/users/" + userOf(after) + path);

        assertRevoked(kakao, lone);
        assertThat(kakao.revoked(shared)).isFalse();
        assertThat(realm.admin().federatedIdentities(owner)).hasSize(1);
        assertThat(realm.admin().events("type=REVOKE_GRANT&user=" + userOf(unlinked)))
                .isEmpty();
    }

    @Test
    void nothingIsRevokedUnlessTheAdminWantsItNorWhatIsNotStored() throws InterruptedException {
        DataProvider discord = ConformanceRealm.provider("discord");
        for (String alias : new String[] {storing("discord", Map.of()), with("discord", REVOKING)}) {
            String token = discord.accessToken(discord.clientId(), Suite.newPerson());
            Answer login = realm.exchange(alias, TokenType.ACCESS_TOKEN, token, Map.of());

            realm.admin().deleteUser(userOf(login));

            Thread.sleep(500); // in which it would have been
            assertThat(discord.revoked(token)).isFalse();
        }
    }

    @Test
    void deletionDoesNotWaitForAProviderThatIsDownAndTheTokenIsRevokedLater() {
        DataProvider box = ConformanceRealm.provider("box");
        String alias = storing("box", REVOKING);
        Answer login = realm.signIn(alias, Suite.newPerson());
        String token =
                realm.storedToken(alias, login).json().path("access_token").asText();
        breakDown(box.data().revocation().url(), Fault.hang());

        Instant begun = Instant.now();
        realm.admin().deleteUser(userOf(login));

        assertThat(Duration.between(begun, Instant.now())).isLessThan(Duration.ofSeconds(20));
        assertThat(box.revoked(token)).isFalse();
        Suite.providers().clearFaults();
        assertRevoked(box, token);
    }

    @Test
    void tokenThatTheProviderDoesNotTakeBackIsToldAsSuchAndTheUserIsGone() {
        String alias = storing("discord", REVOKING);
        DataProvider discord = ConformanceRealm.provider("discord");
        Person person = Suite.newPerson();
        String token = discord.accessToken(discord.clientId(), person);
        Answer login = realm.exchange(alias, TokenType.ACCESS_TOKEN, token, Map.of());
        discord.revoke(token);

        realm.admin().deleteUser(userOf(login));

        assertUnknown(discord, alias, person);
        JsonNode event = assertTold(userOf(login), "REVOKE_GRANT_ERROR", "token_refused");
        assertThat(event.path("error").asText()).isEqualTo("token_not_revoked");
        assertThat(event.toString()).doesNotContain(token);
    }

    /** With the longest deadline: whatever waits for a provider that hangs waits long, and a slow machine is no outage. */
    private static String storing(String type, Map<String, String> settings) {
        String alias = Suite.unique(type);
        Map<String, String> patient = new HashMap<>(settings);
        patient.put("exchangeTimeout", "30000");
        realm.addStoring(alias, type, patient);
        return alias;
    }

    private static String with(String type, Map<String, String> settings) {
        String alias = Suite.unique(type);
        realm.add(alias, type, settings);
        return alias;
    }

    private static String userOf(Answer login) {
        return login.claims().path("sub").asText();
    }

    private static void assertRevoked(DataProvider provider, String token) {
        Instant end = Instant.now().plusSeconds(30);
        while (!provider.revoked(token) && Instant.now().isBefore(end)) {
            pause();
        }
        assertThat(provider.revoked(token)).isTrue();
    }

    private static JsonNode assertTold(String user, String type, String outcome) {
        Instant end = Instant.now().plusSeconds(30);
        JsonNode events = realm.admin().events("type=" + type + "&user=" + user);
        while (events.isEmpty() && Instant.now().isBefore(end)) {
            pause();
            events = realm.admin().events("type=" + type + "&user=" + user);
        }
        assertThat(events).singleElement().satisfies(event -> assertThat(
                        event.path("details").path("outcome").asText())
                .isEqualTo(outcome));
        return events.path(0);
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
