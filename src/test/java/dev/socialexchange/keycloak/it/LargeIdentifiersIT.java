package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.ProviderTokens;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Provider;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ids that a double cannot hold: two people whose ids differ in the last digit are two people. */
class LargeIdentifiersIT {

    @ParameterizedTest
    @CsvSource({
        "github, 9007199254740992, 9007199254740993",
        "github, 999999999999999998, 999999999999999999",
        "custom, 9007199254740992, 9007199254740993",
        "custom, 999999999999999998, 999999999999999999",
        "facebook, 9007199254740992, 9007199254740993"
    })
    void idsKeepTheirDigits(String like, String id, String neighbour) {
        String alias = Suite.identityProvider(like, Map.of());
        Provider provider = ProviderTokens.of(like);
        for (String subject : new String[] {id, neighbour}) {
            Person person = Suite.newPerson().withId(subject);
            assertTokens(Exchanges.accessToken(alias, provider.accessToken(provider.clientId(), person)));
        }

        assertThat(Suite.linked(alias, id)).hasSize(1);
        assertThat(Suite.linked(alias, neighbour)).hasSize(1);
        assertThat(Suite.linked(alias, id).get(0).path("id"))
                .isNotEqualTo(Suite.linked(alias, neighbour).get(0).path("id"));
    }
}
