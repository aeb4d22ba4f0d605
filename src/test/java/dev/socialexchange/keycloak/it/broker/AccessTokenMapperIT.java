package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Partner;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Roles by a claim that only the provider's access token has, under the sync mode that takes away what is not there. */
class AccessTokenMapperIT {
    private static final String REDIRECT = "https://shop.example/callback";
    private static final String ROLE = "by-access-token";
    private static OwnRealm realm;

    private final Partner partner = Suite.providers().partner();
    private final Person person = Suite.newPerson();

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings ->
                settings.withObject("/roles").withArray("/realm").addObject().put("name", ROLE));
    }

    @Test
    void codeGivesThemAndLaterCodesLeaveThem() {
        String alias = provider();

        assertRole(code(alias), true);
        assertRole(code(alias), true);
        assertRole(send(alias, TokenType.ACCESS_TOKEN, partner.accessToken(Partner.CLIENT_ID, person)), true);
        assertRole(code(alias), true);
    }

    @Test
    void idTokenThatBringsItsAccessTokenLeavesThem() {
        String alias = provider();
        assertRole(code(alias), true);

        assertRole(
                request(alias, TokenType.ID_TOKEN, partner.idToken(Partner.CLIENT_ID, person))
                        .param("access_token", partner.accessToken(Partner.CLIENT_ID, person))
                        .send(),
                true);
        assertRole(send(alias, TokenType.ID_TOKEN, partner.idToken(Partner.CLIENT_ID, person)), false);
    }

    /** {@code scope} is in a Keycloak's access tokens, and neither in its id tokens nor in its user info. */
    private String provider() {
        String alias = realm.provider("partner", Map.of("syncMode", "FORCE"));
        realm.mapper(
                alias,
                "oidc-role-idp-mapper",
                "INHERIT",
                Map.of("claim", "scope", "claim.value", scope(), "role", ROLE));
        return alias;
    }

    private String scope() {
        return Json.claims(partner.accessToken(Partner.CLIENT_ID, person))
                .path("scope")
                .asText();
    }

    private Answer code(String alias) {
        String code = partner.code(Partner.CLIENT_ID, person, REDIRECT, null);
        return request(alias, TokenType.AUTHORIZATION_CODE, code)
                .param("redirect_uri", REDIRECT)
                .send();
    }

    private static Answer send(String alias, String type, String token) {
        return request(alias, type, token).send();
    }

    private static TokenRequest request(String alias, String type, String token) {
        return realm.tokens()
                .exchange(alias)
                .as(Suite.SPA)
                .type(type)
                .subjectToken(token)
                .scope("openid");
    }

    private static void assertRole(Answer answer, boolean expected) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        JsonNode roles =
                realm.admin().get("/users/" + answer.claims().path("sub").asText() + "/role-mappings/realm");
        assertThat(roles.toString().contains('"' + ROLE + '"')).isEqualTo(expected);
    }
}
