package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.thirdparty.Directory;
import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealHosts;
import dev.socialexchange.keycloak.it.support.Refusals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users of a federated storage belong to their directory: an e-mail address neither links nor takes over their accounts. */
class DirectoryUserIT {
    private static OwnRealm realm;
    private static String directory;
    private static String alias;

    @BeforeAll
    static void createRealmWithDirectory() {
        realm = RealHosts.realm();
        directory = realm.admin()
                .post(
                        "/components",
                        Map.of(
                                "name",
                                "Directory",
                                "providerId",
                                Directory.ID,
                                "providerType",
                                "org.keycloak.storage.UserStorageProvider",
                                "config",
                                Map.of("enabled", List.of("true"), "priority", List.of("0"))));
        String flow = realm.flow();
        String step = realm.admin().addExecution(flow, "social-exchange-link-by-email");
        realm.admin().configureExecution(step, Suite.unique("link"), Map.of("linkUnverified", "take-over"));
        alias = realm.providerWithFirstFlow("acme", flow);
    }

    @ParameterizedTest
    @ValueSource(strings = {Directory.MEMBER, Directory.UNVERIFIED_MEMBER})
    void isNotLinked(String kind) {
        Person person = person(Suite.unique(kind));
        String id = "f:" + directory + ":" + person.username();
        JsonNode member = realm.admin().user(id);
        assertThat(member.path("username").asText()).isEqualTo(person.username());
        assertThat(member.path("emailVerified").asBoolean()).isEqualTo(kind.equals(Directory.MEMBER));

        assertIsNotLinked(person, id);
    }

    @Test
    void isNotLinkedWhereTheRealmHasACopy() {
        Person person = person(Suite.unique("copy"));
        realm.admin()
                .post(
                        "/partialImport",
                        Map.of(
                                "ifResourceExists",
                                "FAIL",
                                "users",
                                List.of(Map.of(
                                        "username",
                                        person.username(),
                                        "email",
                                        person.email(),
                                        "emailVerified",
                                        true,
                                        "enabled",
                                        true,
                                        "federationLink",
                                        directory))));
        JsonNode copy = realm.admin().usersByEmail(person.email()).path(0);
        assertThat(copy.path("federationLink").asText()).isEqualTo(directory);

        assertIsNotLinked(person, copy.path("id").asText());
    }

    @Test
    void theRealmsOwnUserIsLinked() {
        Person person = person(Suite.unique("local"));
        String user = realm.user(person.username(), person.email(), account -> {});

        assertThat(exchange(person).claims().path("sub").asText()).isEqualTo(user);
    }

    /** What the answers tell is only told of the account that has the address. */
    private static void assertIsNotLinked(Person person, String user) {
        Refusals.assertRefused(exchange(person), 400, "interaction_required", "account_exists");
        assertThatThrownBy(() -> new BrowserLogin(
                                realm.tokens(), RealHosts.providers().url())
                        .signIn(Suite.SPA, alias, person.id()))
                .hasMessageContaining("first-broker-login answered 401");
        assertThat(realm.admin().federatedIdentities(user)).isEmpty();
        assertThat(realm.linked(alias, person)).isEmpty();
    }

    private static Answer exchange(Person person) {
        return Tokens.of(realm.tokens().exchange(alias).as(Suite.SPA), RealHosts.providers(), alias, person)
                .send();
    }

    private static Person person(String name) {
        return RealHosts.providers()
                .people()
                .add(Person.unknown("Zoë").withUsername(name).withEmail(name + "@example.org", true));
    }
}
