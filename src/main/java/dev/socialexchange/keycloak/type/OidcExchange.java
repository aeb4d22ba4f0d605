package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.util.Optional;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.keys.loader.PublicKeyStorageManager;
import org.keycloak.models.KeycloakSession;

/** What the OpenID Connect types have in common, whose endpoints and keys their admin enters. */
interface OidcExchange extends ExchangeIdentityProvider {

    @Override
    OIDCIdentityProviderConfig getConfig();

    /** That the admin has entered, as {@link ExchangeIdentityProvider#pinnedKey}. */
    static Optional<KeyWrapper> pinnedKey(KeycloakSession session, OIDCIdentityProviderConfig config, JWSInput token) {
        return Optional.ofNullable(PublicKeyStorageManager.getIdentityProviderKeyWrapper(
                session, session.getContext().getRealm(), config, token));
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
