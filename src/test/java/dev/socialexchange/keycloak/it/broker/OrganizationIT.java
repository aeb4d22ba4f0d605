package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    /** The flow is somebody's own, without Keycloak's step for members; a browser login goes on, and so does an exchange. */
    @ParameterizedTest
    @ValueSource(strings = {"exchange", "browser"})
    void existingUserWhomTheFlowMakesNoMemberSignsIn(String way) {
        String alias = realm.providerWithFirstFlow("acme", "social exchange first login");
        String organization = realm.organization(alias);
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("there"), person.email(), account -> {});

        Answer tokens = way.equals("exchange")
                ? realm.login(alias, person)
                : new BrowserLogin(realm.tokens(), Suite.providers().url()).signIn(Suite.SPA, alias, person.id());

        assertThat(tokens.claims().path("sub").asText()).as(tokens.body()).isEqualTo(user);
        assertThat(realm.admin().get("/organizations/" + organization + "/members"))
                .isEmpty();
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
