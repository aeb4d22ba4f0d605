package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A provider that belongs to an organisation brings members. */
class OrganizationIT {
    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings -> settings.put("organizationsEnabled", true));
    }

    @Test
    void whoeverComesByTheOrganizationsProviderIsItsManagedMember() {
        String alias = realm.provider("acme", Map.of());
        String organization = realm.organization(alias);
        Person person = Suite.newPerson();

        String user = realm.user(realm.login(alias, person)).path("id").asText();
        realm.login(alias, person);

        JsonNode members = realm.admin().get("/organizations/" + organization + "/members");
        assertThat(members).hasSize(1);
        assertThat(members.path(0).path("id").asText()).isEqualTo(user);
        assertThat(members.path(0).path("membershipType").asText()).isEqualTo("MANAGED");
    }

    @Test
    void whoeverComesByAnotherProviderIsNoMember() {
        String organization = realm.organization(realm.provider("acme", Map.of()));

        realm.login("acme", Suite.newPerson());

        assertThat(realm.admin().get("/organizations/" + organization + "/members"))
                .isEmpty();
    }

    @Test
    void refusesUnknownPersonOfAnOrganizationThatIsSwitchedOff() {
        String alias = realm.provider("acme", Map.of());
        switchOff(realm.organization(alias));

        realm.assertRefuses(alias, Suite.newPerson(), 400, "invalid_request", "provider_unknown");
    }

    @Test
    void refusesMemberOfAnOrganizationThatIsSwitchedOff() {
        String alias = realm.provider("acme", Map.of());
        String organization = realm.organization(alias);
        Person person = Suite.newPerson();
        realm.login(alias, person);
        switchOff(organization);
        OwnRealm.Traces before = realm.traces();

        realm.assertRefused(
                realm.exchange(alias, person), 400, "invalid_request", "provider_unknown", before, List.of());
    }

    private static void switchOff(String id) {
        ObjectNode organization = (ObjectNode) realm.admin().get("/organizations/" + id);
        realm.admin().put("/organizations/" + id, organization.put("enabled", false));
    }
}
