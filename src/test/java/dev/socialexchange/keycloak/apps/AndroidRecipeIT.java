package dev.socialexchange.keycloak.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.MobileRealm;
import java.time.Instant;
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

    @Test
    void twoWhoAskAtOnceAreServedOneAfterTheOther() {
        app.exchange(realm.subject(person));

        JsonNode tokens = app.accessTokens();

        assertThat(tokens.path("other").asText())
                .isNotEmpty()
                .isNotEqualTo(tokens.path("one").asText());
    }
}
