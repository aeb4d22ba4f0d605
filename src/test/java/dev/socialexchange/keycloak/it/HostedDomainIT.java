package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Google;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Google's hosted domain, which Keycloak's own exchange once skipped for access tokens (CVE-2026-18214). */
class HostedDomainIT {

    @ParameterizedTest
    @ValueSource(strings = {"id_token", "access_token", "code"})
    void refusesAccountOutsideTheDomain(String kind) {
        String alias = Suite.identityProvider("google", Map.of("hostedDomain", "shop.example, branch.example"));

        for (String domain : new String[] {null, "evil.example", "SHOP.example", "shop.example.evil.example"}) {
            Person person = Suite.newPerson().withHostedDomain(domain);
            Answer answer = exchange(alias, kind, person);
            assertRefused(answer, 400, "invalid_request", "hosted_domain_not_allowed", alias, person.id());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "id_token, shop.example",
        "access_token, shop.example",
        "code, branch.example",
        "id_token, branch.example"
    })
    void acceptsAccountOfOneOfTheDomains(String kind, String domain) {
        String alias = Suite.identityProvider("google", Map.of("hostedDomain", "shop.example, branch.example"));

        assertTokens(exchange(alias, kind, Suite.newPerson().withHostedDomain(domain)));
    }

    /** An address in the domain is not an account of the domain. */
    @ParameterizedTest
    @ValueSource(strings = {"id_token", "access_token"})
    void addressDoesNotStandForTheDomain(String kind) {
        String alias = Suite.identityProvider("google", Map.of("hostedDomain", "example.org"));
        Person person = Suite.newPerson();

        Answer answer = exchange(alias, kind, person);

        assertRefused(answer, 400, "invalid_request", "hosted_domain_not_allowed", alias, person.id());
    }

    private static Answer exchange(String alias, String kind, Person person) {
        Google google = Suite.providers().google();
        return switch (kind) {
            case "id_token" -> Exchanges.idToken(alias, google.idToken(Google.CLIENT_ID, person));
            case "access_token" -> Exchanges.accessToken(alias, google.accessToken(Google.CLIENT_ID, person));
            default ->
                Exchanges.request(
                                alias,
                                TokenType.AUTHORIZATION_CODE,
                                google.code(Google.CLIENT_ID, person, "postmessage", null))
                        .param("redirect_uri", "postmessage")
                        .send();
        };
    }
}
