package dev.socialexchange.keycloak.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class SourceKeyTest {

    /** As {@code docs/import.md} makes it in Python. Or a second run would bring everybody once more: this one must never change. */
    @Test
    void theSameIdIsMadeForEver() {
        assertThat(SourceKey.userId("realm", "django", "4711")).isEqualTo("b096db3e-4c95-8cc4-84e4-66f99c91a431");
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
