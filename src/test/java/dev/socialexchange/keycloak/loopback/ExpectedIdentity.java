package dev.socialexchange.keycloak.loopback;

import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What Keycloak keeps of a person whom a simulator has named. */
public final class ExpectedIdentity {

    private ExpectedIdentity() {}

    /** @param byIdToken what the id_token says, and not the profile */
    public static Map<String, Object> of(DataProvider simulated, Person person, boolean byIdToken) {
        Map<String, Object> identity = simulated.identity(person, byIdToken);
        String nameless = simulated.data().usernameWithoutEmail();
        if (nameless != null && identity.get("username") == null) {
            identity.put("username", nameless.replace("{id}", person.id()));
        }
        return of(identity);
    }

    /** In the words of the simulators' data, and with all fields. */
    public static Map<String, Object> of(Map<String, Object> identity) {
        Map<String, Object> expected = new TreeMap<>(identity);
        for (String field : new String[] {"email", "firstName", "lastName"}) {
            expected.putIfAbsent(field, null);
        }
        if (expected.get("email") == null) {
            expected.put("emailVerified", false);
        }
        expected.putIfAbsent("emailVerified", false);
        expected.compute(
                "username",
                (name, value) -> (value == null ? expected.get("id").toString().replace(':', '-') : value)
                        .toString()
                        .toLowerCase(Locale.ROOT));
        return expected;
    }
}
