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

/** What only single ones of Keycloak's types have: a sandbox, an installation of one's own, an account's state. */
class ReplacedTypesIT extends ConformanceChecks {

    @BeforeAll
    static void createRealm() {
        realm = new ConformanceRealm();
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

    /** Keycloak stores the first address whatever it is; nobody vouches for one that is not primary and confirmed. */
    @ParameterizedTest
    @CsvSource({"false, true", "true, false", "false, false"})
    void bitbucketAddressThatIsNotTheConfirmedPrimaryOneIsNotVerified(boolean primary, boolean confirmed) {
        DataProvider bitbucket = ConformanceRealm.provider("bitbucket");
        Person person = Suite.newPerson();
        String token = token(bitbucket, person);
        Map<String, Object> second =
                Map.of("type", "email", "email", "own@example.org", "is_primary", true, "is_confirmed", true);
        Map<String, Object> first =
                Map.of("type", "email", "email", person.email(), "is_primary", primary, "is_confirmed", confirmed);
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
