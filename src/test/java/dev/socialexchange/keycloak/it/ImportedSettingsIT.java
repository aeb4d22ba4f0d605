package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A realm import does not validate an identity provider's settings, so what comes by it may be anything. */
class ImportedSettingsIT {

    @ParameterizedTest
    @CsvSource({"exchangeMaxAge, an hour", "exchangeTimeout, soon", "exchangeEndpoints, https://here"})
    void refusesToWorkWithSettingsThatCannotBeRead(String key, String value) {
        OwnRealm realm = OwnRealm.create(settings -> set(settings, key, value));
        Person person = Suite.newPerson();

        assertRefused(realm.exchange("acme", person), 503, "temporarily_unavailable", "provider_unavailable");
    }

    private static void set(ObjectNode realm, String key, String value) {
        for (JsonNode provider : realm.path("identityProviders")) {
            if (provider.path("alias").asText().equals("acme")) {
                ((ObjectNode) provider.path("config")).put(key, value);
            }
        }
    }
}
