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
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only single ones of Keycloak's types have: tenants, a sandbox, an installation of one's own, an account's state. */
class ReplacedTypesIT extends ConformanceChecks {
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
        assertThat(realm.identity(answer.claims().path("sub").asText()))
                .containsEntry("id", "%016x".formatted(Long.parseLong(person.id())));
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

    @ParameterizedTest
    @CsvSource({"state, blocked", "locked, true"})
    void refusesGitLabAccountThatIsNotActive(String field, String value) {
        assertAccountRefused("gitlab", "gitlab.com", "/api/v4/user", user -> {
            user.put(field, value);
            return user;
        });
    }

    @ParameterizedTest
    @CsvSource({"account_status, inactive", "type, team"})
    void refusesBitbucketAccountThatIsNotActive(String field, String value) {
        assertAccountRefused("bitbucket", "api.bitbucket.org", "/2.0/user", user -> {
            user.put(field, value);
            return user;
        });
    }

    /** Keycloak stores the first address whatever it is; nobody vouches for one that is not the account's own. */
    @Test
    void bitbucketAddressThatIsNotThePrimaryOneIsNotVerified() {
        DataProvider bitbucket = ConformanceRealm.provider("bitbucket");
        Person person = Suite.newPerson();
        String token = token(bitbucket, person);
        Map<String, Object> second = Map.of("type", "email", "email", "own@example.org", "is_primary", true);
        Map<String, Object> first =
                Map.of("type", "email", "email", person.email(), "is_primary", false, "is_confirmed", true);
        breakDown(
                "https://api.bitbucket.org/2.0/user/emails",
                Fault.json(200, Json.write(Map.of("values", List.of(first, second))))
                        .forToken(token));

        Answer answer = access(added("bitbucket", Map.of("exchangeUnbound", "true")), token);

        assertThat(realm.identity(answer.claims().path("sub").asText()))
                .containsEntry("email", person.email())
                .containsEntry("emailVerified", false);
    }

    @Test
    void gitLabMayBeAnInstallationOfOnesOwn() {
        DataProvider gitlab = ConformanceRealm.provider("gitlab");
        String url = Suite.providers().url() + "/gitlab.com";
        String alias = added("gitlab", Map.of("exchangeEndpoints", endpoints("https://gitlab.com", url)));
        Person person = Suite.newPerson();

        assertSamePerson(gitlab, person, realm.signIn(alias, person));
        assertSamePerson(gitlab, person, access(alias, token(gitlab, person)));
        assertSamePerson(
                gitlab,
                person,
                idToken(alias, gitlab.idToken(gitlab.clientId(), person, claims -> claims.put("iss", url))));
        assertRefused(
                idToken(alias, gitlab.idToken(gitlab.clientId(), person)), 400, "invalid_request", "issuer_mismatch");
    }

    @Test
    void payPalsSandboxIsAnotherPlace() {
        DataProvider paypal = ConformanceRealm.provider("paypal");
        Person person = Suite.newPerson();
        String sandbox = endpoints("https://api.sandbox.paypal.com", "https://api.paypal.com");
        String reachable = added("paypal", Map.of("sandbox", "true", "exchangeEndpoints", sandbox));
        String unreachable = added("paypal", Map.of("sandbox", "true"));

        assertSamePerson(
                paypal, person, code(reachable, paypal.code(paypal.clientId(), person, REDIRECT, CHALLENGE), Map.of()));
        assertRefused(
                code(unreachable, paypal.code(paypal.clientId(), person, REDIRECT, CHALLENGE), Map.of()),
                503,
                "temporarily_unavailable",
                "provider_unavailable");
    }

    @Test
    void stackOverflowNeedsTheAppsKey() {
        DataProvider stackOverflow = ConformanceRealm.provider("stackoverflow");
        Person person = Suite.newPerson();
        Map<String, Object> badKey =
                Map.of("error_id", 400, "error_name", "bad_parameter", "error_message", "`key` is not valid");
        breakDown(
                "https://api.stackexchange.com/2.2/me",
                Fault.json(400, Json.write(badKey)).forToken("another-key"));

        for (String key : List.of(" ", "another-key")) {
            String alias = added("stackoverflow", Map.of("key", key));
            String code = stackOverflow.code(stackOverflow.clientId(), person, REDIRECT, CHALLENGE);
            assertRefused(code(alias, code, Map.of()), 503, "temporarily_unavailable", "provider_unavailable");
        }
    }

    @Test
    void linkedInIsNotAskedWhereItsEndpointsAre() {
        DataProvider linkedIn = ConformanceRealm.provider("linkedin-openid-connect");
        Person person = Suite.newPerson();
        String alias = added("linkedin-openid-connect", Map.of());

        assertSamePerson(linkedIn, person, realm.signIn(alias, person));
        assertSamePerson(linkedIn, person, access(alias, token(linkedIn, person)));
        assertThat(Suite.providers().requests("www.linkedin.com", "/oauth/.well-known/openid-configuration"))
                .isEmpty();
    }

    private static String microsoft(String tenant) {
        // the simulator has the endpoints of all tenants
        return added(
                "microsoft",
                Map.of("tenantId", tenant, "exchangeEndpoints", endpoints(LOGIN + tenant, LOGIN + "common")));
    }

    private static String personal(DataProvider microsoft, Person person) {
        String digits = "%016x".formatted(Long.parseLong(person.id()));
        return microsoft.idToken(microsoft.clientId(), person, claims -> {
            claims.put("iss", LOGIN + PERSONAL_TENANT + "/v2.0");
            claims.put("tid", PERSONAL_TENANT);
            claims.put("oid", "00000000-0000-0000-" + digits.substring(0, 4) + "-" + digits.substring(4));
        });
    }

    private static void assertAccountRefused(
            String type, String host, String path, UnaryOperator<Map<String, Object>> change) {
        DataProvider provider = ConformanceRealm.provider(type);
        String alias = added(type, Map.of("exchangeUnbound", "true"));
        Person person = Suite.newPerson();
        String token = token(provider, person);
        Suite.providers().fault(host, path, Fault.altered(change).forToken(token));

        assertRefused(access(alias, token), 400, "invalid_request", "token_invalid");
        assertUnknown(provider, alias, person);
    }

    private static String added(String type, Map<String, String> settings) {
        String alias = Suite.unique(type);
        realm.add(alias, type, settings);
        return alias;
    }

    private static String endpoints(String from, String to) {
        return Json.write(List.of(Map.of("key", from, "value", to)));
    }
}
