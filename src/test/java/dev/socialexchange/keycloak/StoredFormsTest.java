package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.keycloak.compatibility.CompatibilityMetadataProvider;
import org.keycloak.compatibility.CompatibilityResult;

class StoredFormsTest {
    private final CompatibilityMetadataProvider forms = ServiceLoader.load(CompatibilityMetadataProvider.class).stream()
            .filter(found -> found.type() == StoredForms.class)
            .findFirst()
            .orElseThrow()
            .get();

    @Test
    void versionsWithTheSameFormsShareACluster() {
        assertThat(isRolling(forms.metadata())).isTrue();
    }

    @Test
    void versionsWithOtherFormsDoNot() {
        assertThat(isRolling(Map.of("stored-forms", "0"))).isFalse();
        assertThat(isRolling(Map.of())).as("before forms had versions").isFalse();
    }

    private boolean isRolling(Map<String, String> other) {
        return forms.isCompatible(other).exitCode() == CompatibilityResult.ExitCode.ROLLING.value();
    }
}
