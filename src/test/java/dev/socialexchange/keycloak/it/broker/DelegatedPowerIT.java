package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealmAdmin;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may administer something by a fine-grained permission is not linked, nor taken over, by an address. */
class DelegatedPowerIT {
    private static final String READY_FLOW = "social exchange first login";

    /** Its permissions name people; nobody has an admin role. */
    private static OwnRealm realm;

    private static String alias;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings -> settings.put("adminPermissionsEnabled", true));
        alias = realm.providerWithFirstFlow("acme", READY_FLOW);
    }

    /** @param user here, with the person's address */
    private record Owner(Person person, String user) {
        static Owner create() {
            Person person = Suite.newPerson();
            return new Owner(person, realm.user(Suite.unique("owner"), person.email(), account -> {}));
        }

        void isNotLinked() {
            realm.assertAsksForInteraction(alias, person, "account_exists");
            assertThat(realm.admin().federatedIdentities(user)).isEmpty();
        }

        void isLinked() {
            assertThat(realm.login(alias, person).claims().path("sub").asText()).isEqualTo(user);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"user", "group", "subgroup", "role", "composite role", "aggregate"})
    void addressDoesNotOpenTheAccountOfSomebodyWhomAPermissionNames(String by) {
        Owner named = Owner.create();
        Owner other = Owner.create();
        permit(policy(by, named));

        named.isNotLinked();
        other.isLinked();
    }

    @Test
    void policyThatNoPermissionUsesIsNoPower() {
        Owner named = Owner.create();
        policy("user", named);

        named.isLinked();
    }

    @Test
    void permissionNeedsAllOfItsPolicies() {
        Owner one = Owner.create();
        Owner both = Owner.create();
        permit(policy("user", one, both), policy("user", both));

        one.isLinked();
        both.isNotLinked();
    }

    /** Everybody but one has this power: nobody is linked by an address, as long as it is so. */
    @Test
    void negativePolicyNamesEverybody() {
        Owner named = Owner.create();
        Owner other = Owner.create();
        String policy = create("user", Map.of("users", List.of(named.user()), "logic", "NEGATIVE"));
        String permission = permit(policy);

        other.isNotLinked();

        realm.admin().delete(permissions() + "/policy/" + permission);
        other.isLinked();
    }

    @Test
    void permissionsThatAreSwitchedOffGiveNoPower() {
        Owner named = Owner.create();
        permit(policy("user", named));
        realm.admin().updateRealm(settings -> settings.put("adminPermissionsEnabled", false));
        try {
            named.isLinked();
        } finally {
            realm.admin().updateRealm(settings -> settings.put("adminPermissionsEnabled", true));
        }
    }

    /** Not about the signals: who decides is what is asked of permissions here. */
    @Test
    void whoeverMayManageOneUserDecidesAboutWhatProvidersSayOfThatOneAlone() {
        String told = realm.provider(
                "acme",
                Map.of(
                        "exchangeSignals",
                        "enforce",
                        "exchangeSignalsPolicy",
                        "[{\"key\":\"account-disabled\",\"value\":\"request-deletion\"}]"));
        Person theirs = Suite.newPerson();
        Person others = Suite.newPerson();
        String user = realm.login(told, theirs).claims().path("sub").asText();
        String other = realm.login(told, others).claims().path("sub").asText();
        long happened = Instant.now().getEpochSecond() - 2; // what is issued in the second of a signal counts no more
        for (Person person : List.of(theirs, others)) {
            for (String event : List.of("credential-compromise", "account-disabled")) {
                SignalPost.post(realm, told, SignalPost.token(person, SignalPost.RISC + event, happened, claims -> {}));
            }
        }
        String name = Suite.unique("delegate");
        String delegate = realm.user(name, name + "@example.org", account -> account.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", "a good one"));
        RealmAdmin.grant(realm, delegate, "query-users");
        RealmAdmin admin = new RealmAdmin(
                realm,
                realm.tokens()
                        .password(name, "a good one")
                        .as("admin-cli")
                        .send()
                        .accessToken());
        created(
                "/permission/scope",
                Map.of(
                        "resourceType",
                        "Users",
                        "resources",
                        List.of(user),
                        "scopes",
                        Set.of("view", "manage"),
                        "policies",
                        List.of(create("user", Map.of("users", List.of(delegate))))));

        JsonNode waiting =
                admin.request("signals/deletions").method("GET").send().json();
        assertThat(waiting.findValuesAsText("user_id")).containsExactly(user);
        JsonNode all = RealmAdmin.of(realm, "manage-users")
                .request("signals/deletions")
                .method("GET")
                .send()
                .json();
        for (JsonNode request : all) {
            boolean own = request.path("user_id").asText().equals(user);
            assertThat(admin.request("signals/deletions/" + request.path("code").asText() + "/reject")
                            .send()
                            .status())
                    .isEqualTo(own ? 204 : 403);
        }
        assertThat(resume(admin, user, told)).isEqualTo(204);
        assertThat(resume(admin, other, told)).isEqualTo(403);
        assertThat(realm.login(told, theirs).claims().path("sub").asText()).isEqualTo(user);
        assertThat(realm.exchange(told, others).errorReason()).isEqualTo("link_suspended");
    }

    /** A permission for all users may leave one out: an import opens no way into that account, and takes it back from nobody. */
    @Test
    void whomAnAdministratorMayNotManageTheirImportsNeitherCompleteNorTakeBack() {
        String further = realm.provider("acme", Map.of());
        Person left = Suite.newPerson();
        Person other = Suite.newPerson();
        Person thief = Suite.newPerson();
        String imports = "imports?dry_run=false&source=" + Suite.unique("s");
        RealmAdmin.service(realm, "manage-users", "view-identity-providers")
                .request(imports)
                .lines(line(left, alias, left) + '\n' + line(other, alias, other))
                .send();
        String user = realm.linked(alias, left).path(0).path("id").asText();
        String name = Suite.unique("delegate");
        String delegate = realm.user(name, name + "@example.org", account -> account.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", "a good one"));
        RealmAdmin.grant(realm, delegate, "query-users", "view-identity-providers");
        RealmAdmin admin = new RealmAdmin(
                realm,
                realm.tokens()
                        .password(name, "a good one")
                        .as("admin-cli")
                        .send()
                        .accessToken());
        manageable(List.of(), create("user", Map.of("users", List.of(delegate))));
        manageable(List.of(user), policy("user", Owner.create()));

        Answer brought = admin.request(imports)
                .lines(line(left, further, thief) + '\n' + line(other, further, other))
                .send();
        Answer undone = admin.request(imports).method("DELETE").send();

        assertThat(brought.json().path("findings").findValuesAsText("code"))
                .as(brought.body())
                .containsExactly("account_protected");
        assertThat(brought.json().at("/outcomes/updated").asInt()).isEqualTo(1);
        assertThat(realm.linked(further, thief)).isEmpty();
        assertThat(undone.json()).isEqualTo(Json.lenient("{\"removed\":1,\"kept\":1}"));
        assertThat(realm.linked(alias, left)).hasSize(1);
    }

    private static String line(Person person, String provider, Person account) {
        return "{\"sourceId\":\"%1$s\",\"email\":\"%1$s@import.example\",\"identities\":[{\"alias\":\"%2$s\",\"userId\":\"%3$s\"}]}"
                .formatted(person.id(), provider, account.id());
    }

    /** @param users none for all of them */
    private static void manageable(List<String> users, String policy) {
        Map<String, Object> permission = new HashMap<>(
                Map.of("resourceType", "Users", "scopes", Set.of("view", "manage"), "policies", List.of(policy)));
        if (!users.isEmpty()) {
            permission.put("resources", users);
        }
        created("/permission/scope", permission);
    }

    private static int resume(RealmAdmin admin, String user, String alias) {
        return admin.request("signals/users/" + user + "/links/" + alias + "/resume")
                .send()
                .status();
    }

    private static String policy(String by, Owner... owners) {
        List<String> users = new ArrayList<>();
        for (Owner owner : owners) {
            users.add(owner.user());
        }
        return switch (by) {
            case "user" -> create("user", Map.of("users", users));
            case "group" -> byGroup(group("/groups"), users, null);
            case "subgroup" -> {
                String parent = group("/groups");
                yield byGroup(parent, users, group("/groups/" + parent + "/children"));
            }
            case "role" -> byRole(role(), users, null);
            case "composite role" -> byRole(role(), users, role());
            case "aggregate" -> create("aggregate", Map.of("policies", List.of(policy("user", owners))));
            default -> throw new IllegalArgumentException(by);
        };
    }

    private static String byGroup(String group, List<String> users, String below) {
        for (String user : users) {
            realm.admin().put("/users/" + user + "/groups/" + (below == null ? group : below), Map.of());
        }
        return create("group", Map.of("groups", List.of(Map.of("id", group, "extendChildren", true))));
    }

    private static String byRole(String role, List<String> users, String outer) {
        if (outer != null) {
            realm.admin().post("/roles-by-id/" + outer + "/composites", List.of(Map.of("id", role)));
        }
        Object granted = realm.admin().get("/roles-by-id/" + (outer == null ? role : outer));
        for (String user : users) {
            realm.admin().post("/users/" + user + "/role-mappings/realm", List.of(granted));
        }
        return create("role", Map.of("roles", List.of(Map.of("id", role, "required", true))));
    }

    private static String group(String path) {
        return realm.admin().post(path, Map.of("name", Suite.unique("group")));
    }

    private static String role() {
        String name = Suite.unique("role");
        realm.admin().post("/roles", Map.of("name", name));
        return realm.admin().get("/roles/" + name).path("id").asText();
    }

    /** The client that a realm's fine-grained permissions are kept at. */
    private static String permissions() {
        return "/clients/" + realm.admin().clientUuid("admin-permissions") + "/authz/resource-server";
    }

    private static String create(String type, Map<String, Object> settings) {
        return created("/policy/" + type, settings);
    }

    /** To see all users. */
    private static String permit(String... policies) {
        return created(
                "/permission/scope",
                Map.of("resourceType", "Users", "scopes", Set.of("view"), "policies", List.of(policies)));
    }

    private static String created(String path, Map<String, Object> settings) {
        String name = Suite.unique("policy");
        Map<String, Object> representation = new HashMap<>(settings);
        representation.put("name", name);
        realm.admin().post(permissions() + path, representation);
        return realm.admin()
                .get(permissions() + "/policy/search?name=" + name)
                .path("id")
                .asText();
    }
}
