package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.socialexchange.keycloak.descriptor.TokenKind;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.ConformanceTable;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.loopback.ExpectedIdentity;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.ProviderData;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.Executable;

/** Exchanging at the conformance realm, and what has to come of it. */
abstract class ConformanceChecks {
    static final String REDIRECT = "https://app.example/callback";
    static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    static final ConformanceTable TABLE = new ConformanceTable();

    static ConformanceRealm realm;

    static DynamicTest test(String provider, TokenKind kind, String cause, Executable test) {
        String column = kind == null ? "browser login" : kind.id();
        return dynamicTest(column + " " + cause, () -> TABLE.record(provider, column, test));
    }

    static String token(DataProvider provider, Person person) {
        return provider.accessToken(provider.clientId(), person);
    }

    static Answer access(String alias, String token) {
        return realm.exchange(alias, TokenType.ACCESS_TOKEN, token, Map.of());
    }

    static Answer idToken(String alias, String token) {
        return realm.exchange(alias, TokenType.ID_TOKEN, token, Map.of());
    }

    static Answer code(String alias, String code) {
        Map<String, String> further =
                new TreeMap<>(ConformanceRealm.provider(alias).data().token().further());
        further.replaceAll((name, value) -> value.equals(ProviderData.ANY) ? "of-the-front-end" : value);
        return code(alias, code, further);
    }

    static Answer code(String alias, String code, Map<String, String> further) {
        Map<String, String> parameters = new TreeMap<>(further);
        parameters.put("redirect_uri", REDIRECT);
        parameters.put("code_verifier", VERIFIER);
        return realm.exchange(alias, TokenType.AUTHORIZATION_CODE, code, parameters);
    }

    static Answer signedData(String alias, String data) {
        return realm.exchange(alias, TokenType.SIGNED_DATA, data, Map.of());
    }

    /** Each of the documents that the proof needs, missing by itself. */
    static void assertUnavailable(DataProvider provider, String alias, boolean limited) {
        for (ProviderData.Api api : provider.data().api()) {
            Person person = Suite.newPerson();
            String token = token(provider, person);
            breakDown(
                    api.url(),
                    limited
                            ? provider.data().limited().fault(token)
                            : Fault.status(502).forToken(token));
            assertRefused(access(alias, token), 503, "temporarily_unavailable", "provider_unavailable");
            assertUnknown(provider, alias, person);
        }
    }

    static void breakDown(String url, Fault fault) {
        Suite.providers().fault(URI.create(url).getHost(), URI.create(url).getPath(), fault);
    }

    /** How often the provider was asked at this address with this token or code. */
    static long requests(String url, String carried) {
        URI uri = URI.create(url);
        return Suite.providers().requests(uri.getHost(), uri.getPath()).stream()
                .filter(request -> request.carries(carried))
                .count();
    }

    static void assertUnknown(DataProvider provider, String alias, Person person) {
        assertThat(realm.knows(alias, (String) provider.identity(person, false).get("id")))
                .isFalse();
    }

    static void assertIdentity(DataProvider provider, Person person, boolean byIdToken, Answer answer) {
        assertKept(ExpectedIdentity.of(provider, person, byIdToken), answer);
    }

    static void assertIdentity(Map<String, Object> identity, Answer answer) {
        assertKept(ExpectedIdentity.of(identity), answer);
    }

    private static void assertKept(Map<String, Object> expected, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(realm.identity(answer.claims().path("sub").asText())).isEqualTo(expected);
    }

    /** Whatever the address counts as: Keycloak's own browser logins have a rule of their own for that. */
    static void assertSamePerson(DataProvider provider, Person person, Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        Map<String, Object> expected = ExpectedIdentity.of(provider, person, false);
        Map<String, Object> actual = realm.identity(answer.claims().path("sub").asText());
        expected.remove("emailVerified");
        actual.remove("emailVerified");
        assertThat(actual).isEqualTo(expected);
    }
}
