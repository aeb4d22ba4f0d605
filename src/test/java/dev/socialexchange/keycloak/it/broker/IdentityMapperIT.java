package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The realm's identity provider mappers run as they do in a browser login. */
class IdentityMapperIT {
    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings -> {
            ObjectNode roles = settings.withObject("/roles");
            roles.withArray("/realm").addObject().put("name", "social-user");
        });
        JsonNode profile = realm.admin().get("/users/profile");
        realm.admin().put("/users/profile", ((ObjectNode) profile).put("unmanagedAttributePolicy", "ENABLED"));
    }

    @ParameterizedTest
    @CsvSource({"google", "facebook", "github", "acme", "partner", "legacy", "custom"})
    void setsHardcodedAttributeAndRoleForEveryType(String type) {
        String alias = realm.provider(type, Map.of());
        realm.mapper(
                alias,
                "hardcoded-attribute-idp-mapper",
                "INHERIT",
                Map.of("attribute", "came-by", "attribute.value", type));
        realm.mapper(alias, "oidc-hardcoded-role-idp-mapper", "INHERIT", Map.of("role", "social-user"));

        JsonNode user = realm.user(realm.login(alias, Suite.newPerson()));

        assertThat(attribute(user, "came-by")).isEqualTo(type);
        assertThat(realm.admin()
                        .get("/users/" + user.path("id").asText() + "/role-mappings/realm")
                        .toString())
                .contains("\"social-user\"");
    }

    @ParameterizedTest
    @CsvSource({
        "google, google-user-attribute-mapper, picture",
        "facebook, facebook-user-attribute-mapper, id",
        "github, github-user-attribute-mapper, login"
    })
    void copiesFieldOfTheProfileToAnAttribute(String type, String mapper, String field) {
        String alias = realm.provider(type, Map.of());
        realm.mapper(alias, mapper, "INHERIT", Map.of("jsonField", field, "userAttribute", "copied"));
        Person person = Suite.newPerson();

        JsonNode user = realm.user(realm.login(alias, person));

        String expected =
                switch (field) {
                    case "picture" -> "https://pictures.example/" + person.id() + ".png";
                    case "login" -> person.username();
                    default -> person.id();
                };
        assertThat(attribute(user, "copied")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"acme", "partner"})
    void copiesClaimToAnAttribute(String type) {
        String alias = realm.provider(type, Map.of());
        realm.mapper(
                alias,
                "oidc-user-attribute-idp-mapper",
                "INHERIT",
                Map.of("claim", "picture", "user.attribute", "copied"));
        Person person = Suite.newPerson();

        JsonNode user = realm.user(realm.login(alias, person));

        assertThat(attribute(user, "copied")).isEqualTo("https://pictures.example/" + person.id() + ".png");
    }

    @ParameterizedTest
    @CsvSource({"google", "acme", "partner", "facebook", "github"})
    void namesUserByTemplate(String type) {
        String alias = realm.provider(type, Map.of());
        realm.mapper(alias, "oidc-username-idp-mapper", "INHERIT", Map.of("template", "${ALIAS}.by-template.${UUID}"));

        JsonNode user = realm.user(realm.login(alias, Suite.newPerson()));

        assertThat(user.path("username").asText()).startsWith(alias + ".by-template.");
    }

    @ParameterizedTest
    @CsvSource({"IMPORT, FORCE, after", "FORCE, IMPORT, before", "IMPORT, INHERIT, before", "FORCE, INHERIT, after"})
    void mapperHasASyncModeOfItsOwn(String provider, String mapper, String expected) {
        String alias = realm.provider("acme", Map.of("syncMode", provider));
        realm.mapper(
                alias,
                "oidc-user-attribute-idp-mapper",
                mapper,
                Map.of("claim", "given_name", "user.attribute", "nickname"));
        Person person = Suite.newPerson();
        realm.login(alias, person.withName("before", "Example"));

        JsonNode user = realm.user(realm.login(alias, person.withName("after", "Example")));

        assertThat(attribute(user, "nickname")).isEqualTo(expected);
    }

    @Test
    void mappedUsernameDecidesAboutAClashAtTheFirstLogin() {
        String alias = realm.provider("acme", Map.of());
        String taken = Suite.unique("taken");
        realm.user(taken, taken + "@example.org", user -> {});
        realm.mapper(alias, "oidc-username-idp-mapper", "INHERIT", Map.of("template", taken));

        realm.assertAsksForInteraction(alias, Suite.newPerson(), "username_taken");
    }

    @Test
    void nobodyVouchesForAnAddressThatAMapperMadeUp() {
        String alias = realm.provider("acme", Map.of());
        String madeUp = Suite.unique("made-up") + "@example.org";
        mapAddress(alias, madeUp);

        JsonNode user = realm.user(realm.login(alias, Suite.newPerson()));

        assertThat(user.path("email").asText()).isEqualTo(madeUp);
        assertThat(user.path("emailVerified").asBoolean()).isFalse();
    }

    @Test
    void existingAccountIsNotToldToWhomeverAMapperGivesItsAddress() {
        String alias = realm.provider("acme", Map.of());
        String taken = Suite.unique("taken");
        realm.user(taken, taken + "@example.org", user -> {});
        mapAddress(alias, taken + "@example.org");

        realm.assertAsksForInteraction(alias, Suite.newPerson(), "login_required");
    }

    @Test
    void refusesToGoOnWithoutAMapperThatIsNotInstalled() {
        String alias = realm.provider("acme", Map.of());
        realm.mapper(alias, "mapper-of-a-jar-that-was-removed", "INHERIT", Map.of());

        realm.assertRefuses(alias, Suite.newPerson(), 403, "access_denied", "setup_faulty");
    }

    private static void mapAddress(String alias, String address) {
        realm.mapper(
                alias,
                "hardcoded-attribute-idp-mapper",
                "INHERIT",
                Map.of("attribute", "email", "attribute.value", address));
    }

    private static String attribute(JsonNode user, String name) {
        return user.path("attributes").path(name).path(0).asText();
    }
}
