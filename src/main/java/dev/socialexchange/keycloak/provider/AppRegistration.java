package dev.socialexchange.keycloak.provider;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;

/**
 * Our app at the provider.
 *
 * @param clientId the one whose secret we hold
 * @param clientSecret {@code null} if there is none, or the vault has none under the name that is configured: the name itself, which anybody can guess, is
 *     never a secret
 * @param furtherClientIds of the same app on other platforms
 */
public record AppRegistration(String clientId, String clientSecret, Set<String> furtherClientIds) {

    public static AppRegistration of(Secrets secrets, OAuth2IdentityProviderConfig config, ExchangeSettings settings) {
        String clientId = config.getClientId();
        if (clientId == null || clientId.isBlank()) {
            // without it every "is this ours?" would compare with nothing
            throw ExchangeException.unavailable("client_id_not_configured");
        }
        return new AppRegistration(
                clientId, secrets.secret(config.getClientSecret()).orElse(null), settings.audience());
    }

    /** The same app, acting under another of its client ids. */
    public AppRegistration as(String otherClientId) {
        Set<String> others = new HashSet<>(furtherClientIds);
        others.add(clientId);
        return new AppRegistration(otherClientId, clientSecret, others);
    }

    /** The same app, as one presents it who does not have its secret. */
    public AppRegistration withSecret(String other) {
        return new AppRegistration(clientId, other, furtherClientIds);
    }

    public boolean owns(String otherClientId) {
        return clientId.equals(otherClientId) || furtherClientIds.contains(otherClientId);
    }

    /** All that {@link #owns} knows, the app's own first. */
    public List<String> clientIds() {
        return Stream.concat(Stream.of(clientId), furtherClientIds.stream().sorted())
                .toList();
    }

    /** For what is signed with it. */
    public String requiredSecret() {
        if (clientSecret == null || clientSecret.isBlank()) {
            throw ExchangeException.unavailable("client_secret_not_configured");
        }
        return clientSecret;
    }

    /** For {@link CallTemplate}s. */
    public Map<String, String> credentials() {
        return Map.of("client_id", clientId, "client_secret", clientSecret == null ? "" : clientSecret);
    }

    /** A record would print the secret. */
    @Override
    public String toString() {
        return clientId;
    }
}
