package dev.socialexchange.keycloak.it.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import java.util.Arrays;
import java.util.List;

/** A realm with the page's client, as {@code realm-export.json} has it, and administrators of its own. */
record DoctorRealm(OwnRealm realm) {
    static final String CLIENT = "social-exchange-doctor";
    static final String LOOK = "view-identity-providers";
    static final String MANAGE = "manage-identity-providers";
    static final String PEOPLE = "view-users";

    private static final String PASSWORD = "secret";

    static DoctorRealm create() {
        return of(OwnRealm.create());
    }

    static DoctorRealm of(OwnRealm realm) {
        DoctorRealm created = new DoctorRealm(realm);
        created.realm.admin().updateClient(CLIENT, client -> {
            client.putArray("redirectUris").add(created.path());
            client.put("baseUrl", created.path());
        });
        return created;
    }

    String path() {
        return "/realms/" + realm.name() + "/social-exchange/doctor";
    }

    String url() {
        return realm.server().url() + path();
    }

    /** Somebody with these roles of the realm's management; answers the username. */
    String administrator(String... roles) {
        String username = Suite.unique("admin");
        String id = realm.user(username, username + "@example.org", user -> {
            ObjectNode password = user.putArray("credentials").addObject();
            password.put("type", "password").put("value", PASSWORD);
        });
        String management = realm.admin().clientUuid("realm-management");
        List<JsonNode> representations = Arrays.stream(roles)
                .map(role -> realm.admin().get("/clients/" + management + "/roles/" + role))
                .toList();
        realm.admin().post("/users/" + id + "/role-mappings/clients/" + management, representations);
        return username;
    }

    /** Two clicks: one on the page, one on the realm's login page. */
    Tab signIn(Tab browser, String username) {
        return browser.open(url())
                .presses("#sign-in")
                .writes("#username", username)
                .writes("#password", PASSWORD)
                .presses("#kc-login");
    }
}
