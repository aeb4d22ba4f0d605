package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ProviderToken;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The provider's token is kept where the realm asks for it, and nowhere else. */
class StoredTokenIT {
    private static final String REDIRECT = "com.example.app:/callback";

    private static OwnRealm realm;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
    }

    @Test
    void keepsTokensOfACodeForWhoMayReadThem() {
        String alias = provider(true, true);

        Answer tokens = byCode(alias, Suite.newPerson());
        Answer stored = ProviderToken.read(realm, alias, tokens.accessToken());

        assertThat(stored.status()).as(stored.body()).isEqualTo(200);
        assertThat(stored.text("access_token")).startsWith("legacy-at-");
        assertThat(stored.text("refresh_token")).isNotEmpty();
    }

    @Test
    void laterLoginWithoutARefreshTokenDoesNotLoseTheStoredOne() {
        String alias = provider(true, true);
        Person person = Suite.newPerson();
        Answer first = ProviderToken.read(realm, alias, byCode(alias, person).accessToken());

        Answer later =
                ProviderToken.read(realm, alias, realm.login(alias, person).accessToken());

        assertThat(first.text("refresh_token")).isNotEmpty();
        assertThat(later.text("refresh_token")).isEqualTo(first.text("refresh_token"));
        assertThat(later.accessToken())
                .as("the token that was sent last")
                .isNotEmpty()
                .isNotEqualTo(first.accessToken());
    }

    @Test
    void storesNothingWhereTheRealmDoesNotAskForIt() {
        String alias = provider(false, true);

        Answer tokens = byCode(alias, Suite.newPerson());
        Answer stored = ProviderToken.read(realm, alias, tokens.accessToken());

        assertThat(stored.status()).as(stored.body()).isNotEqualTo(200);
        assertThat(stored.body()).doesNotContain("legacy-at-");
    }

    @Test
    void storedTokenIsReadableOnlyByWhomTheRealmAllowsIt() {
        String alias = provider(true, false);

        Answer tokens = byCode(alias, Suite.newPerson());
        Answer stored = ProviderToken.read(realm, alias, tokens.accessToken());

        assertThat(stored.status()).as(stored.body()).isEqualTo(403);
    }

    private static String provider(boolean store, boolean readable) {
        return realm.provider(
                "legacy", (ObjectNode copy) -> copy.put("storeToken", store).put("addReadTokenRoleOnCreate", readable));
    }

    private static Answer byCode(String alias, Person person) {
        String code = Suite.providers().legacy().code(Suite.providers().legacy().clientId(), person, REDIRECT, null);
        Answer answer = realm.tokens()
                .exchange(alias)
                .as(Suite.SPA)
                .type(TokenType.AUTHORIZATION_CODE)
                .subjectToken(code)
                .param("redirect_uri", REDIRECT)
                .scope("openid")
                .send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }
}
