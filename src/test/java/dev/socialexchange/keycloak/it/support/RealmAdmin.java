package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Somebody who administers one realm with some roles, and what the doctor answers them.
 *
 * @param realm that is looked at
 * @param token of theirs
 */
public record RealmAdmin(OwnRealm realm, String token) {
    public static final String SECRET = "s3cret";

    private static final String PASSWORD = "a good one";

    /** A user of the realm with these roles of {@code realm-management}. */
    public static RealmAdmin of(OwnRealm realm, String... roles) {
        String name = Suite.unique("admin");
        String id = realm.user(name, name + "@example.org", user -> user.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", PASSWORD));
        grant(realm, id, roles);
        Answer tokens = realm.tokens().password(name, PASSWORD).as("admin-cli").send();
        return new RealmAdmin(realm, tokens.accessToken());
    }

    /** A client's service account with these roles. */
    public static RealmAdmin service(OwnRealm realm, String... roles) {
        String clientId = client(realm, roles);
        return new RealmAdmin(
                realm,
                realm.tokens().clientCredentials().as(clientId, SECRET).send().accessToken());
    }

    /** A client with {@link #SECRET}, whose service account has these roles; answers its client id. */
    public static String client(OwnRealm realm, String... roles) {
        String clientId = Suite.unique("service");
        realm.admin()
                .createClient(Map.of(
                        "clientId", clientId, "secret", SECRET, "serviceAccountsEnabled", true, "publicClient", false));
        String uuid = realm.admin().clientUuid(clientId);
        grant(
                realm,
                realm.admin()
                        .get("/clients/" + uuid + "/service-account-user")
                        .path("id")
                        .asText(),
                roles);
        return clientId;
    }

    /** The same person, looking at another realm. */
    public RealmAdmin lookingAt(OwnRealm other) {
        return new RealmAdmin(other, token);
    }

    public static void grant(OwnRealm realm, String userId, String... roles) {
        String management = realm.admin().clientUuid("realm-management");
        List<JsonNode> wanted = StreamSupport.stream(
                        realm.admin().get("/clients/" + management + "/roles").spliterator(), false)
                .filter(role -> Stream.of(roles).anyMatch(role.path("name").asText()::equals))
                .toList();
        realm.admin().post("/users/" + userId + "/role-mappings/clients/" + management, wanted);
    }

    public RawRequest request(String path) {
        RawRequest request = RawRequest.to(
                URI.create(realm.server().url() + "/admin/realms/" + realm.name() + "/social-exchange/" + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    /** What would become of this exchange. */
    public Answer dryRun(String alias, TokenRequest exchange, String... further) {
        RawRequest request = request("providers/" + Http.encode(alias) + "/dry-run");
        exchange.parameters().stream()
                .filter(parameter -> !parameter.getKey().equals("grant_type"))
                .filter(parameter -> !parameter.getKey().equals("subject_issuer"))
                .forEach(parameter -> request.form(parameter.getKey(), parameter.getValue()));
        for (int i = 0; i < further.length; i += 2) {
            request.form(further[i], further[i + 1]);
        }
        return request.send();
    }
}
