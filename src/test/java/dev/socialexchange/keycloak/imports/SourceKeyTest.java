package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SourceKeyTest {

    /** Or a second run would bring everybody once more: this one must never change. */
    @Test
    void theSameIdIsMadeForEver() {
        assertThat(SourceKey.userId("realm", "django", "4711")).isEqualTo(SourceKey.userId("realm", "django", "4711"));
        assertThat(UUID.fromString(SourceKey.userId("realm", "django", "4711")).version())
                .isEqualTo(8);
        assertThat(UUID.fromString(SourceKey.userId("realm", "django", "4711")).variant())
                .isEqualTo(2);
    }

    @Test
    void itIsAnotherInAnotherRealmOrOfAnotherSource() {
        assertThat(SourceKey.userId("realm", "django", "4711"))
                .isNotEqualTo(SourceKey.userId("other", "django", "4711"))
                .isNotEqualTo(SourceKey.userId("realm", "auth0", "4711"))
                .isNotEqualTo(SourceKey.userId("realm", "django", "4712"));
    }
}
