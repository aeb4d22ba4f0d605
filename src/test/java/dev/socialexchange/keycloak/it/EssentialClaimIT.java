package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;

import dev.socialexchange.keycloak.it.support.Exchanges;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The console's "Verify essential claim" holds for exchanges, too. */
class EssentialClaimIT {
    private static final Map<String, String> FILTER =
            Map.of("filteredByClaim", "true", "claimFilterName", "groups", "claimFilterValue", "staff|admin");

    private final Oidc acme = Suite.providers().acme();

    @Test
    void refusesIdTokenThatLacksTheClaim() {
        String alias = Suite.identityProvider("acme", FILTER);
        Person person = Suite.newPerson();

        for (Object value : new Object[] {null, "customers", List.of(), List.of("customers", "staffing"), "xstaff"}) {
            String token = acme.idToken(Oidc.CLIENT_ID, person, claims -> claims.put("groups", value));
            assertRefused(
                    Exchanges.idToken(alias, token), 403, "access_denied", "claim_not_allowed", alias, person.id());
        }
    }

    @Test
    void acceptsIdTokenThatHasTheClaim() {
        String alias = Suite.identityProvider("acme", FILTER);

        for (Object value : new Object[] {"staff", List.of("customers", "admin")}) {
            String token = acme.idToken(Oidc.CLIENT_ID, Suite.newPerson(), claims -> claims.put("groups", value));
            assertTokens(Exchanges.idToken(alias, token));
        }
    }

    @Test
    void looksAtTheProfileOfAnAccessToken() {
        String alias = Suite.identityProvider("acme", FILTER);
        Person person = Suite.newPerson();
        String token = acme.accessToken(Oidc.CLIENT_ID, person);

        assertRefused(
                Exchanges.accessToken(alias, token), 403, "access_denied", "claim_not_allowed", alias, person.id());

        Suite.providers().fault("acme.example", "/userinfo", withGroups().forToken(token));
        assertTokens(Exchanges.accessToken(alias, token));
    }

    private static Fault withGroups() {
        return Fault.altered(profile -> {
            profile.put("groups", List.of("staff"));
            return profile;
        });
    }
}
