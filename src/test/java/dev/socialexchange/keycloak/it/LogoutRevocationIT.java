package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Eventually;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Request;
import dev.socialexchange.keycloak.type.Conformance;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the provider is told when somebody logs out of the realm. */
class LogoutRevocationIT extends ConformanceChecks {
    private static final Map<String, String> REVOKING = Map.of("revokeAtLogout", "true");

    @BeforeAll
    static void createRealm() {
        realm = new ConformanceRealm();
    }

    /** All types of ours whose provider has something for it. */
    static Stream<String> revoking() {
        return Conformance.revoking();
    }

    @ParameterizedTest
    @MethodSource("revoking")
    void tokenOfTheBrowserLoginIsRevokedAtItsLogout(String type) {
        String alias = with(type, REVOKING);
        Answer login = realm.signIn(alias, Suite.newPerson());
        assertThat(login.status()).as(login.body()).isEqualTo(200);
        int before = requests(type).size();

        assertThat(realm.logOut(login).status()).isEqualTo(204);

        assertThat(requests(type)).hasSize(before + 1);
        assertThat(revokes(type, requests(type).get(before))).isTrue();
    }

    /** Keycloak asks in another way when a browser is there. */
    @Test
    void tokenIsRevokedWhenTheBrowserLogsOut() {
        String alias = with("discord", REVOKING);
        Answer login = realm.signIn(alias, Suite.newPerson());
        int before = requests("discord").size();

        assertThat(realm.logOutInBrowser(login).status()).isEqualTo(200);

        assertThat(requests("discord")).hasSize(before + 1);
        assertThat(revokes("discord", requests("discord").get(before))).isTrue();
    }

    /** It answers before the provider does. */
    @Test
    void tokenIsRevokedWhenThePersonSignsOutAtADoor() throws InterruptedException {
        realm.admin().updateClient(realm.clientId(), client -> client.withObject("/attributes")
                .put("social-exchange.doors", "dj-rest-auth"));
        String alias = with("discord", REVOKING);
        Answer login = realm.signIn(alias, Suite.newPerson());
        int before = requests("discord").size();

        Answer answer = RawRequest.to(realm.door("drop-in/dj-rest-auth/" + realm.clientId() + "/logout/"))
                .header("Authorization", "Bearer " + login.accessToken())
                .json("{}")
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Eventually.await("revocation", Duration.ofSeconds(30), () -> requests("discord").stream()
                .skip(before)
                .anyMatch(request -> revokes("discord", request)));
        assertThat(requests("discord")).hasSize(before + 1);
        assertThat(revokes("discord", requests("discord").get(before))).isTrue();
    }

    @Test
    void nothingIsRevokedUnlessTheAdminWantsIt() {
        String alias = with("discord", Map.of());
        Answer login = realm.signIn(alias, Suite.newPerson());
        int before = requests("discord").size();

        assertThat(realm.logOut(login).status()).isEqualTo(204);

        assertThat(requests("discord")).hasSize(before);
    }

    @Test
    void tokenOfAFrontEndStaysItsOwn() {
        String alias = with("discord", REVOKING);
        DataProvider discord = ConformanceRealm.provider("discord");
        String token = discord.accessToken(discord.clientId(), Suite.newPerson());
        Answer login = realm.exchange(alias, TokenType.ACCESS_TOKEN, token, Map.of());
        int before = requests("discord").size();

        assertThat(realm.logOut(login).status()).isEqualTo(204);

        assertThat(requests("discord")).hasSize(before);
        assertThat(discord.revoked(token)).isFalse();
    }

    @Test
    void logoutDoesNotDependOnTheProvider() {
        String alias = with("box", REVOKING);
        Person person = Suite.newPerson();
        Answer login = realm.signIn(alias, person);
        String url = ConformanceRealm.provider("box").data().revocation().url();
        breakDown(url, Fault.json(500, "{}"));
        try {
            assertThat(realm.logOut(login).status()).isEqualTo(204);
        } finally {
            Suite.providers().clearFaults();
        }
        String user = login.claims().path("sub").asText();
        assertThat(realm.admin().sessions(user)).isEmpty();
    }

    private static String with(String type, Map<String, String> settings) {
        String alias = Suite.unique(type);
        realm.add(alias, type, settings);
        return alias;
    }

    private static List<Request> requests(String type) {
        URI url = URI.create(ConformanceRealm.provider(type).data().revocation().url());
        return Suite.providers().requests(url.getHost(), url.getPath());
    }

    /** The request names a token that has been revoked by it. */
    private static boolean revokes(String type, Request request) {
        String header = String.valueOf(request.header("authorization"));
        String json = request.body().replaceAll("^.*\"token\":\"([^\"]*)\".*$", "$1");
        return Stream.concat(request.form().values().stream(), Stream.of(header.replaceFirst("^Bearer ", ""), json))
                .anyMatch(ConformanceRealm.provider(type)::revoked);
    }
}
