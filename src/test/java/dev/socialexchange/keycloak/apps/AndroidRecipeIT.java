package dev.socialexchange.keycloak.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.MobileRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Kotlin of {@code clients/kotlin}, where that has been built. */
class AndroidRecipeIT extends MobileRecipe {

    @BeforeAll
    static void skipUnlessBuilt() {
        KotlinProject.skipUnlessBuilt();
    }

    @Override
    List<String> program() {
        return KotlinProject.program();
    }

    @Test
    void tokensTellWhenTheyRunOut() {
        Instant before = Instant.now();

        JsonNode signedIn = app.exchange(realm.subject(person));

        assertThat(Instant.parse(signedIn.path("expiry").asText()))
                .isBetween(before, Instant.now().plusSeconds(MobileRealm.LIFESPAN));
    }

    /** RFC 9449: the refresh token of a public client is bound as well. */
    @Test
    void tokensAreBoundToTheAppsKey() {
        String github = realm.app().provider("github");
        String account = Suite.providers()
                .github()
                .accessToken(Suite.providers().github().clientId(), person);
        try (MobileApp bound = new MobileApp(
                program(),
                realm.url().toString(),
                realm.app().clientId(),
                realm.app().redirectUri(),
                "dpop")) {
            JsonNode signedIn = bound.exchange(realm.subject(person));
            JsonNode refreshed = bound.accessTokens();
            JsonNode linked = bound.link(MobileRealm.subject(github, account, TokenType.ACCESS_TOKEN));

            String key = thumbprint(signedIn.path("tokens").asText());
            assertThat(key).isNotEmpty();
            assertThat(thumbprint(refreshed.path("one").asText())).isEqualTo(key);
            assertThat(linked.path("created").asBoolean()).as(linked.toString()).isTrue();
        }
    }

    @Test
    void twoWhoAskAtOnceAreServedOneAfterTheOther() {
        app.exchange(realm.subject(person));

        JsonNode tokens = app.accessTokens();

        assertThat(tokens.path("other").asText())
                .isNotEmpty()
                .isNotEqualTo(tokens.path("one").asText());
    }

    private static String thumbprint(String token) {
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.")[1]);
        return Json.lenient(new String(claims, StandardCharsets.UTF_8))
                .path("cnf")
                .path("jkt")
                .asText();
    }
}
