package dev.socialexchange.keycloak.it.exchange;

import static dev.socialexchange.keycloak.it.support.Refusals.assertEvent;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Providers that are not open for exchange give nothing away, not even that they exist. */
class ClosedProviderIT {

    @Test
    void unknownDisabledClosedAndUnfitProvidersLookAlike() {
        Door door = Door.open();
        Person person = Suite.newPerson();
        String disabled = Suite.identityProvider("acme", Map.of("exchangeClients", door.clientId()));
        Suite.admin().updateIdentityProvider(disabled, provider -> provider.put("enabled", false));
        String closed = Suite.identityProvider("acme", Map.of("exchangeClients", ""));
        String unfit = Suite.unique("saml");
        Suite.admin()
                .createIdentityProvider(Map.of(
                        "alias",
                        unfit,
                        "providerId",
                        "saml",
                        "enabled",
                        true,
                        "config",
                        Map.of(
                                "singleSignOnServiceUrl",
                                "https://saml.example/sso",
                                "exchangeClients",
                                door.clientId())));

        Answer unknown = exchange(door, Suite.unique("nobody"), person);

        assertRefused(unknown, 400, "invalid_request", "provider_unknown", door.alias(), person.id());
        for (String alias : List.of(disabled, closed, unfit, "carol", "../acme", "ACME", "имя")) {
            Answer answer = exchange(door, alias, person);
            assertThat(answer.body()).as(alias).isEqualTo(unknown.body());
            assertThat(answer.status()).isEqualTo(unknown.status());
            assertThat(new TreeMap<>(answer.headers().map()))
                    .isEqualTo(new TreeMap<>(unknown.headers().map()));
        }
    }

    @Test
    void clientThatIsNotOnAnyListCannotTellThemApartEither() {
        Door door = Door.open();
        Suite.admin().updateIdentityProvider(door.alias(), provider -> provider.put("enabled", false));
        Person person = Suite.newPerson();

        Answer disabled = exchange(door.alias(), "other-app", person);
        Answer unknown = exchange(Suite.unique("nobody"), "other-app", person);

        assertThat(disabled.body()).isEqualTo(unknown.body());
    }

    @Test
    void aliasThatNobodyKnowsDoesNotReachTheEvent() {
        Door door = Door.open();
        String alias = Suite.unique("secret-token-in-the-wrong-field");

        exchange(door, alias, Suite.newPerson());

        assertEvent(door.clientId(), "provider_unknown");
        JsonNode event = door.event("TOKEN_EXCHANGE_ERROR");
        assertThat(event.path("error").asText()).isEqualTo("unknown_identity_provider");
        assertThat(event.toString()).doesNotContain(alias);
    }

    private static Answer exchange(Door door, String alias, Person person) {
        return exchange(alias, door.clientId(), person);
    }

    private static Answer exchange(String alias, String clientId, Person person) {
        return Suite.tokens()
                .exchange(alias)
                .as(clientId)
                .subjectToken(Door.idToken(person))
                .type(TokenType.ID_TOKEN)
                .scope("openid")
                .send();
    }
}
