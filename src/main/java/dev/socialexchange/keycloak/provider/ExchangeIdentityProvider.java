package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import java.util.Map;
import java.util.Optional;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jws.JWSInput;

/**
 * An identity provider whose tokens can be exchanged. It says how they are proven and turns what was proven into the same
 * brokered identity that its browser login produces; the proving itself is the engine's.
 */
public interface ExchangeIdentityProvider {
    /** As long as providers' secrets are. */
    int INVENTED_LENGTH = 40;

    /** How tokens are proven, with what this provider's page in the console holds filled in. */
    Descriptor descriptor();

    /** The identity as this type's browser login extracts it, before {@link BrokeredIdentities} completes it. */
    BrokeredIdentityContext extract(Evidence evidence);

    /** The person's immutable id in this provider's profile, or in signed data; empty if any part of it is missing. */
    default Optional<String> subject(JsonNode document) {
        return descriptor().identity().profile().subject(document);
    }

    /** The same id in the claims of this provider's id tokens. */
    default Optional<String> subjectOfIdToken(JsonNode claims) {
        return descriptor().identity().inIdToken().subject(claims);
    }

    OAuth2IdentityProviderConfig getConfig();

    /** The id of its type, such as {@code google}. */
    default String type() {
        return getConfig().getProviderId();
    }

    default ExchangeSettings settings() {
        return new ExchangeSettings(getConfig().getConfig());
    }

    /** False if what describes this provider is missing or has a mistake: nothing can be proven then. */
    default boolean isUsable() {
        return true;
    }

    /** This as Keycloak knows it. */
    default UserAuthenticationIdentityProvider<?> asKeycloakProvider() {
        return (UserAuthenticationIdentityProvider<?>) this;
    }

    /** More placeholder values for this provider's {@link CallTemplate}s. */
    default Map<String, String> variables(AppRegistration app, String token) {
        return Map.of();
    }

    /** Whether the client secret is a key, with which what the provider sees as our secret is signed for each request. */
    default boolean signsItsSecret() {
        return false;
    }

    /** Whether this realm visibly does without such a key, as who takes id tokens only may. */
    default boolean leavesOutItsSecret() {
        return false;
    }

    /** A client secret of this provider's kind that nobody has, to see how it is refused. */
    default String inventedSecret() {
        return SecretGenerator.getInstance().randomString(INVENTED_LENGTH);
    }

    /** The key that the admin has pinned instead of a key set's URL. */
    default Optional<KeyWrapper> pinnedKey(JWSInput token) {
        return Optional.empty();
    }

    /** Whether Keycloak itself would load this provider's keys from that URL, and so may share its cache. */
    default boolean isKeycloaksKeySet(String url) {
        return false;
    }

    /** URLs as this installation of the provider has them. */
    default Endpoints endpoints() {
        return settings().endpoints();
    }

    /** Whether mappers of this type read the claims of access tokens that come with a code, as its browser login has them. */
    default boolean readsAccessTokens() {
        return false;
    }

    /** Seconds by which the provider's clock may differ. */
    default int clockSkew() {
        return 10;
    }
}
