package dev.socialexchange.keycloak.apps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

    @Test
    void twoWhoAskAtOnceShareOneRefresh() {
        app.exchange(realm.subject(person));

        JsonNode tokens = app.accessTokens();

        assertThat(tokens.path("one").asText()).isNotEmpty();
        assertThat(tokens.path("other")).isEqualTo(tokens.path("one"));
    }
}
