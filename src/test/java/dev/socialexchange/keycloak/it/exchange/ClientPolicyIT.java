package dev.socialexchange.keycloak.it.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.AdminApi;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenEndpoint;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A realm whose client policy says that an exchange never widens the subject token's scope. */
class ClientPolicyIT {
    private static final String CLIENT = "front";

    private static String realm;

    @BeforeAll
    static void createRealmWithPolicy() {
        realm = Realm.create(CLIENT);
        AdminApi admin = Suite.keycloak().admin(realm);
        admin.put("/client-policies/profiles", Map.of("profiles", List.of(profile())));
        admin.put("/client-policies/policies", Map.of("policies", List.of(policy())));
    }

    private static Map<String, Object> profile() {
        return Map.of(
                "name",
                "downscope",
                "executors",
                List.of(Map.of("executor", "downscope-assertion-grant-enforcer", "configuration", Map.of())));
    }

    private static Map<String, Object> policy() {
        Map<String, Object> condition = Map.of(
                "condition",
                "grant-type",
                "configuration",
                Map.of("grant_types", List.of("urn:ietf:params:oauth:grant-type:token-exchange")));
        return Map.of(
                "name",
                "exchange",
                "enabled",
                true,
                "conditions",
                List.of(condition),
                "profiles",
                List.of("downscope"));
    }

    @Test
    void policyRefusesScopeThatTheSubjectTokenHasNot() {
        Person person = Suite.newPerson();

        Answer answer = exchange(person, "openid profile").scope("email").send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.error()).isEqualTo("invalid_scope");
        assertThat(answer.text("error_description")).contains("not present in the initial access token");
        assertThat(Suite.keycloak().admin(realm).usersByLink("acme", person.id()))
                .isEmpty();
    }

    @Test
    void policyWithholdsDefaultScopeThatTheSubjectTokenHasNot() {
        Answer narrow = exchange(Suite.newPerson(), "openid profile").send();
        Answer wide = exchange(Suite.newPerson(), "openid profile email").send();

        assertThat(narrow.status()).as(narrow.body()).isEqualTo(200);
        assertThat(narrow.claims().path("scope").asText()).contains("profile").doesNotContain("email");
        assertThat(narrow.claims().has("email")).isFalse();
        assertThat(wide.claims().path("scope").asText()).contains("profile", "email");
    }

    @Test
    void policyRefusesKindOfTokenThatItCannotRead() {
        Person person = Suite.newPerson();

        Answer answer = request(Suite.providers().acme().idToken(Oidc.CLIENT_ID, person), TokenType.ID_TOKEN)
                .send();

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("error_description")).contains("should be access_token for the executor");
        assertThat(Suite.keycloak().admin(realm).usersByLink("acme", person.id()))
                .isEmpty();
    }

    private static TokenRequest exchange(Person person, String scope) {
        String token = Suite.providers()
                .acme()
                .jwtAccessToken(Oidc.CLIENT_ID, person, claims -> claims.put("scope", scope), header -> {});
        return request(token, TokenType.ACCESS_TOKEN);
    }

    private static TokenRequest request(String token, String type) {
        return new TokenEndpoint(Suite.keycloak().url(), realm)
                .exchange("acme")
                .as(CLIENT)
                .subjectToken(token)
                .type(type);
    }
}
