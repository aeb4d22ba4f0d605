package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants, personal accounts, and tokens that nobody but the Graph API can verify. */
class MicrosoftIT extends ConformanceChecks {
    private static final String LOGIN = "https://login.microsoftonline.com/";
    private static final String OUR_TENANT = "aaaabbbb-0000-cccc-1111-dddd2222eeee";
    private static final String OTHER_TENANT = "99998888-0000-cccc-1111-dddd2222eeee";
    private static final String PERSONAL_TENANT = "9188040d-6c67-4c5b-b112-36a304b66dad";

    @BeforeAll
    static void createRealm() {
        realm = new ConformanceRealm();
    }

    @Test
    void microsoftTenantAcceptsItsOwnTokens() {
        DataProvider microsoft = ConformanceRealm.provider("microsoft");
        String alias = microsoft(OUR_TENANT);

        Person person = Suite.newPerson();
        assertIdentity(microsoft, person, false, access(alias, token(microsoft, person)));
        person = Suite.newPerson();
        assertIdentity(microsoft, person, true, idToken(alias, microsoft.idToken(microsoft.clientId(), person)));
    }

    @Test
    void microsoftTenantRefusesTokensOfAnother() {
        DataProvider microsoft = ConformanceRealm.provider("microsoft");
        for (String tenant : List.of(OTHER_TENANT, "consumers", "contoso.example")) {
            String alias = microsoft(tenant);
            Person person = Suite.newPerson();

            assertRefused(access(alias, token(microsoft, person)), 400, "invalid_request", "issuer_mismatch");
            assertRefused(
                    idToken(alias, microsoft.idToken(microsoft.clientId(), person)),
                    400,
                    "invalid_request",
                    "issuer_mismatch");
            assertUnknown(microsoft, alias, person);
        }
    }

    /** The issuer names one tenant and the claim another. */
    @Test
    void microsoftTokenNamesItsTenantTwice() {
        DataProvider microsoft = ConformanceRealm.provider("microsoft");
        String alias = microsoft("common");
        for (Object tid : new Object[] {OTHER_TENANT, ".*", "{tid}", 1, null}) {
            String token = microsoft.idToken(microsoft.clientId(), Suite.newPerson(), claims -> claims.put("tid", tid));

            assertRefused(idToken(alias, token), 400, "invalid_request", "issuer_mismatch");
        }
    }

    @Test
    void personalMicrosoftAccountHasTheGraphsId() {
        DataProvider microsoft = ConformanceRealm.provider("microsoft");
        Person person = Suite.newPerson();

        Answer answer = idToken(microsoft("consumers"), personal(microsoft, person));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(realm.identity(answer.claims().path("sub").asText())).containsEntry("id", digits(person));
    }

    @Test
    void organizationsHaveNoPersonalMicrosoftAccounts() {
        DataProvider microsoft = ConformanceRealm.provider("microsoft");
        String alias = microsoft("organizations");

        assertRefused(
                idToken(alias, personal(microsoft, Suite.newPerson())), 400, "invalid_request", "issuer_mismatch");
    }

    /** Personal accounts' tokens say nothing of the app; so do JWTs without a client id, and what only looks like a JWT. */
    @ParameterizedTest
    @CsvSource({"EwBYA8l6BAAU", "e30.e30.e30", "e30.e30.e30.e30", "e30.eyJhcHBpZCI6IiJ9.e30"})
    void microsoftTokenThatNamesNoAppIsRefusedUnasked(String token) {
        String alias = microsoft("common");

        assertRefused(access(alias, token), 400, "invalid_request", "binding_unavailable");
        assertThat(Suite.providers().requests("graph.microsoft.com", null))
                .noneMatch(request ->
                        String.valueOf(request.header("authorization")).equals("Bearer " + token));
    }

    /** Microsoft's services do not agree on whether the number has leading zeros; whoever comes in between is one person. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void personalAccountIsOnePersonHoweverLongTheGraphsIdIs(boolean idTokenFirst) {
        DataProvider microsoft = ConformanceRealm.provider("microsoft");
        String alias = microsoft("consumers", true);
        Person person = Suite.newPerson();
        String token = opaque(person, Long.toHexString(Long.parseLong(person.id())));

        Answer first = idTokenFirst ? idToken(alias, personal(microsoft, person)) : access(alias, token);
        Answer second = idTokenFirst ? access(alias, token) : idToken(alias, personal(microsoft, person));

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertThat(second.status()).as(second.body()).isEqualTo(200);
        assertThat(second.json().path("user_created").asBoolean()).isFalse();
        assertThat(second.claims().path("sub")).isEqualTo(first.claims().path("sub"));
        String stored = idTokenFirst ? digits(person) : Long.toHexString(Long.parseLong(person.id()));
        assertThat(realm.identity(second.claims().path("sub").asText())).containsEntry("id", stored);
    }

    /** As the Graph API knows a personal account; the token tells nobody else anything. */
    private static String opaque(Person person, String graphId) {
        String token = "EwB" + Suite.unique("opaque");
        Map<String, Object> user =
                Map.of("id", graphId, "displayName", person.name(), "userPrincipalName", person.email());
        breakDown(
                "https://graph.microsoft.com/v1.0/me/",
                Fault.json(200, Json.write(user)).forToken(token));
        return token;
    }

    private static String microsoft(String tenant) {
        return microsoft(tenant, false);
    }

    private static String microsoft(String tenant, boolean unbound) {
        String alias = Suite.unique("microsoft");
        // the simulator has the endpoints of all tenants
        String endpoints = Json.write(List.of(Map.of("key", LOGIN + tenant, "value", LOGIN + "common")));
        String acceptsUnbound = String.valueOf(unbound);
        realm.add(
                alias,
                "microsoft",
                Map.of("tenantId", tenant, "exchangeEndpoints", endpoints, "exchangeUnbound", acceptsUnbound));
        return alias;
    }

    private static String digits(Person person) {
        return "%016x".formatted(Long.parseLong(person.id()));
    }

    private static String personal(DataProvider microsoft, Person person) {
        String digits = digits(person);
        return microsoft.idToken(microsoft.clientId(), person, claims -> {
            claims.put("iss", LOGIN + PERSONAL_TENANT + "/v2.0");
            claims.put("tid", PERSONAL_TENANT);
            claims.put("oid", "00000000-0000-0000-" + digits.substring(0, 4) + "-" + digits.substring(4));
        });
    }
}
