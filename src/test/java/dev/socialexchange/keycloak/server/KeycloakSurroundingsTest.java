package dev.socialexchange.keycloak.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.loopback.RealTypes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.models.KeycloakSession;
import org.keycloak.vault.DefaultVaultRawSecret;
import org.keycloak.vault.DefaultVaultTranscriber;
import org.keycloak.vault.VaultProvider;
import org.keycloak.vault.VaultTranscriber;

/** What Keycloak's own vault makes of settings that are secrets. */
class KeycloakSurroundingsTest {
    private final VaultTranscriber vault = new DefaultVaultTranscriber(RealTypes.fake(
            VaultProvider.class,
            Map.of(
                    "obtainSecret",
                    arguments -> DefaultVaultRawSecret.forBuffer(Optional.of("kept")
                            .filter(name -> name.equals(arguments[0]))
                            .map(name -> ByteBuffer.wrap("of the vault".getBytes(StandardCharsets.UTF_8)))))));

    private Optional<String> secret(String configured) {
        KeycloakSession session = RealTypes.fake(KeycloakSession.class, Map.of("vault", arguments -> vault));
        return new KeycloakSurroundings(session, null).secrets().secret(configured);
    }

    /** It would be the key of an HMAC, which whoever knows how references look could guess. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "${vault.kept",
                "${vault.",
                "${vault.}",
                "${vault.kept} ",
                " ${vault.kept}",
                "${vault.kept}}x",
                "${vault.ke\npt}"
            })
    void whatOnlyBeginsLikeAReferenceIsNoSecret(String configured) {
        assertThat(secret(configured)).isEmpty();
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"${vault.missing}"})
    void nothingIsNoSecret(String configured) {
        assertThat(secret(configured).filter(text -> !text.isEmpty())).isEmpty();
    }

    @Test
    void secretIsWhatIsConfiguredOrWhatTheVaultHas() {
        assertThat(secret("${vault.kept}")).contains("of the vault");
        assertThat(secret("plain ${vault.kept}")).contains("plain ${vault.kept}");
    }
}
