package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.Optional;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jws.JWSInput;

/** What the OpenID Connect types have in common, whose endpoints and keys their admin enters. */
interface OidcExchange extends ExchangeIdentityProvider {

    EnteredOidc entered();

    @Override
    OIDCIdentityProviderConfig getConfig();

    @Override
    default Descriptor descriptor() {
        return entered().descriptor();
    }

    @Override
    default BrokeredIdentityContext extract(Evidence evidence) {
        return entered().extract(evidence);
    }

    @Override
    default Optional<KeyWrapper> pinnedKey(JWSInput token) {
        return entered().pinnedKey(token);
    }

    @Override
    default boolean isKeycloaksKeySet(String url) {
        return url.equals(getConfig().getJwksUrl());
    }

    /** {@code OIDCIdentityProvider.processAccessTokenResponse} (26.7). */
    @Mirrors(type = "org.keycloak.broker.oidc.OIDCIdentityProvider", methods = "processAccessTokenResponse")
    @Override
    default boolean readsAccessTokens() {
        return getConfig().isAccessTokenJwt();
    }

    @Override
    default int clockSkew() {
        return Math.max(ExchangeIdentityProvider.super.clockSkew(), getConfig().getAllowedClockSkew());
    }
}
