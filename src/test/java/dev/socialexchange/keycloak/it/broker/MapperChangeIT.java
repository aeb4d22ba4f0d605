package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An admin changes a provider's mappers while people sign in: the very next login follows, a new mapper a second later. */
class MapperChangeIT {
    private static OwnRealm realm;

    private String alias;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings -> {});
        ObjectNode profile = (ObjectNode) realm.admin().get("/users/profile");
        realm.admin().put("/users/profile", profile.put("unmanagedAttributePolicy", "ENABLED"));
    }

    @BeforeEach
    void createProviderWithMapper() {
        alias = realm.provider("acme", Map.of());
        mapper("first", "before");
        assertThat(attributeOfNewcomer("first")).isEqualTo("before");
    }

    @Test
    void changedMapperActsAtOnce() {
        ObjectNode mapper = (ObjectNode) realm.admin().get(mappers()).get(0);
        mapper.withObject("/config").put("attribute.value", "after");
        realm.admin().put(path(mapper), mapper);

        assertThat(attributeOfNewcomer("first")).isEqualTo("after");
    }

    @Test
    void removedMapperIsGoneAtOnce() {
        realm.admin().delete(path(realm.admin().get(mappers()).get(0)));

        assertThat(attributeOfNewcomer("first")).isEmpty();
    }

    @Test
    void newMapperActsWithinASecond() throws InterruptedException {
        mapper("second", "too");
        Thread.sleep(1000); // the time that it may take is the subject

        assertThat(attributeOfNewcomer("second")).isEqualTo("too");
    }

    @Test
    void newProviderOfTheSameNameHasItsOwnMappersAtOnce() {
        ObjectNode provider = (ObjectNode) realm.admin().identityProvider(alias);
        realm.admin().deleteIdentityProvider(alias);
        provider.remove("internalId");
        provider.withObject("/config").put("clientSecret", "acme-secret"); // read back masked
        realm.admin().createIdentityProvider(provider);
        mapper("second", "too");

        assertThat(attributeOfNewcomer("first")).isEmpty();
        assertThat(attributeOfNewcomer("second")).isEqualTo("too");
    }

    private void mapper(String attribute, String value) {
        realm.mapper(
                alias,
                "hardcoded-attribute-idp-mapper",
                "INHERIT",
                Map.of("attribute", attribute, "attribute.value", value));
    }

    private String path(JsonNode mapper) {
        return mappers() + '/' + mapper.path("id").asText();
    }

    private String mappers() {
        return "/identity-provider/instances/" + alias + "/mappers";
    }

    private String attributeOfNewcomer(String name) {
        Person person = Suite.newPerson();
        return realm.user(realm.login(alias, person))
                .path("attributes")
                .path(name)
                .path(0)
                .asText();
    }
}
