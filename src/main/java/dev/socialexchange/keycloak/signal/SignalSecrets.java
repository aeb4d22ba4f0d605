package dev.socialexchange.keycloak.signal;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.BodySignature;
import dev.socialexchange.keycloak.proof.Surroundings;
import dev.socialexchange.keycloak.provider.AppRegistration;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What signatures beside a body are made with. Where none is configured nothing is taken: an empty key would be everybody's.
 *
 * @param surroundings whose vault has them
 */
record SignalSecrets(Surroundings surroundings, ExchangeIdentityProvider provider) {
    /** The app's own secret, of which there is one. */
    byte[] ofClient() {
        AppRegistration app = AppRegistration.of(surroundings.secrets(), provider.getConfig(), provider.settings());
        return Optional.ofNullable(app.clientSecret())
                .filter(secret -> !secret.isBlank())
                .map(SignalSecrets::bytes)
                .orElseThrow(SignalSecrets::missing);
    }

    /** Keys of an HMAC: several while one secret is being replaced by another. */
    List<byte[]> of(BodySignature rules) {
        List<byte[]> plain = of(rules.secret());
        return rules.key() == BodySignature.KeyForm.MD5
                ? plain.stream().map(Digests::md5).toList()
                : plain;
    }

    private List<byte[]> of(BodySignature.Secret which) {
        if (which == BodySignature.Secret.CLIENT) {
            return List.of(ofClient());
        }
        List<byte[]> found = provider.settings().signals().secrets().stream()
                .map(surroundings.secrets()::secret)
                .flatMap(Optional::stream)
                .filter(secret -> !secret.isBlank())
                .map(SignalSecrets::bytes)
                .toList();
        return required(found);
    }

    /** Public keys, in hex: no vault need keep them. */
    List<String> keys() {
        return required(List.copyOf(provider.settings().signals().keys()));
    }

    private static <T> List<T> required(List<T> found) {
        if (found.isEmpty()) {
            throw missing();
        }
        return found;
    }

    private static byte[] bytes(String secret) {
        return secret.getBytes(StandardCharsets.UTF_8);
    }

    /** The provider may try again when somebody has entered it. */
    private static ExchangeException missing() {
        return ExchangeException.unavailable("signal_secret_not_configured");
    }
}
