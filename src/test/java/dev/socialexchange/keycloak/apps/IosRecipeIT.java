package dev.socialexchange.keycloak.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.MobileRealm;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Swift of {@code src/test/swift}, where there is a compiler for it. */
class IosRecipeIT extends MobileRecipe {

    @BeforeAll
    static void skipWithoutSwift() {
        SwiftCompiler.skipWithoutSwift();
    }

    @Override
    List<String> program() {
        return SwiftCompiler.program();
    }

    /** The other may ask only when the refresh is over, and then has the same token as well: it lasts. */
    @Test
    void twoWhoAskAtOnceShareOneRefresh() {
        MobileRealm own = MobileRealm.create();
        try (MobileApp its = appOf(own)) {
            JsonNode signedIn = its.exchange(own.subject(person));
            own.becomesPatient();

            JsonNode tokens = its.accessTokens();

            assertThat(tokens.path("one").asText())
                    .isNotEmpty()
                    .isNotEqualTo(signedIn.path("tokens").asText());
            assertThat(tokens.path("other")).isEqualTo(tokens.path("one"));
        }
    }
}
