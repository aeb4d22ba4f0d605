package dev.socialexchange.keycloak.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.socialexchange.keycloak.ExchangeException;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;

class AppRegistrationTest {
    /** As Keycloak's vault answers: what is no reference is itself. */
    private final Secrets vault = configured -> !Secrets.isReference(configured)
            ? Optional.ofNullable(configured)
            : Optional.ofNullable(Map.of("${vault.kept}", "of the vault", "${vault.empty}", "")
                    .get(configured));

    @ParameterizedTest
    @CsvSource({"plain, plain", "${vault.kept}, of the vault"})
    void secretIsWhatIsConfiguredOrWhatTheVaultHas(String configured, String secret) {
        assertThat(registration(configured).requiredSecret()).isEqualTo(secret);
    }

    @Test
    void nameOfAVaultsEntryThatIsMissingIsNoSecret() {
        assertThat(registration("${vault.missing}").clientSecret()).isNull();
        assertThat(registration("${vault.missing}").credentials()).containsEntry("client_secret", "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${vault.missing}", "${vault.kept", "${vault.empty}", "", " "})
    void nothingIsSignedWithoutASecret(String configured) {
        assertThatThrownBy(() -> registration(configured).requiredSecret())
                .isInstanceOfSatisfying(ExchangeException.class, refused -> assertThat(refused.detail())
                        .isEqualTo("client_secret_not_configured"));
    }

    private AppRegistration registration(String secret) {
        OAuth2IdentityProviderConfig config = new OAuth2IdentityProviderConfig();
        config.setClientId("our-client");
        config.setClientSecret(secret);
        return AppRegistration.of(vault, config, new ExchangeSettings(config.getConfig()));
    }
}
