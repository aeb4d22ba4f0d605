package dev.socialexchange.keycloak.it.exchange;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Door;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Suite;
import java.net.URI;

/** What the realm's other endpoints say about a token. */
final class Realm {

    private Realm() {}

    static Answer userinfo(String accessToken) {
        return RawRequest.to(endpoint("userinfo"))
                .header("Authorization", "Bearer " + accessToken)
                .send();
    }

    static Answer introspect(Door confidential, String token) {
        return RawRequest.to(endpoint("token/introspect"))
                .form("client_id", confidential.clientId())
                .form("client_secret", confidential.secret())
                .form("token", token)
                .send();
    }

    /** A realm of one test's own with an open copy of {@code acme}; answers its name. */
    static String create(String publicClient) {
        ObjectNode realm = JsonNodeFactory.instance.objectNode();
        String name = Suite.unique("realm");
        realm.put("realm", name).put("enabled", true).put("eventsEnabled", true);
        realm.putArray("clients").addObject().put("clientId", publicClient).put("publicClient", true);
        ObjectNode acme = Suite.admin().identityProvider("acme").deepCopy();
        acme.remove("internalId");
        acme.withObject("/config").put("clientSecret", "acme-secret").put("exchangeClients", publicClient);
        realm.putArray("identityProviders").add(acme);
        Suite.keycloak().admin("").post("", realm);
        return name;
    }

    private static URI endpoint(String path) {
        return URI.create(Suite.keycloak().url() + "/realms/social/protocol/openid-connect/" + path);
    }
}
