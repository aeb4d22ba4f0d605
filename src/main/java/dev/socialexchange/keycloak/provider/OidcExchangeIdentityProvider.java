package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderFactory;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.keys.loader.PublicKeyStorageManager;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.representations.JsonWebToken;

/** Keycloak's OpenID Connect, under its own id, with token exchange. */
public final class OidcExchangeIdentityProvider extends OIDCIdentityProvider implements ExchangeIdentityProvider {

    OidcExchangeIdentityProvider(KeycloakSession session, OIDCIdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
    }

    @Override
    public Descriptor descriptor() {
        return OidcDescriptor.of(getConfig());
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        return OidcEvidence.extract(getConfig(), evidence, new OidcEvidence.Extraction() {
            @Override
            public BrokeredIdentityContext fromIdToken(JsonWebToken idToken) throws IOException {
                return extractIdentity(null, null, idToken);
            }

            @Override
            public BrokeredIdentityContext fromProfile(JsonNode profile) {
                return extractIdentityFromProfile(null, profile);
            }
        });
    }

    @Override
    public Optional<KeyWrapper> pinnedKey(JWSInput token) {
        return Optional.ofNullable(PublicKeyStorageManager.getIdentityProviderKeyWrapper(
                session, session.getContext().getRealm(), getConfig(), token));
    }

    @Override
    public boolean isKeycloaksKeySet(String url) {
        return url.equals(getConfig().getJwksUrl());
    }

    @Override
    public int clockSkew() {
        return Math.max(ExchangeIdentityProvider.super.clockSkew(), getConfig().getAllowedClockSkew());
    }

    @Override
    protected void setEmailVerified(UserModel user, BrokeredIdentityContext context) {
        VerifiedFlag.set(user, context, super::setEmailVerified);
    }

    @Override
    public UserAuthenticationIdentityProvider<?> asKeycloakProvider() {
        return this;
    }

    public static final class Factory extends OIDCIdentityProviderFactory {

        @Override
        public OidcExchangeIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
            return new OidcExchangeIdentityProvider(session, new OIDCIdentityProviderConfig(model));
        }

        @Override
        public OIDCIdentityProviderConfig createConfig() {
            return new ValidatedOidcConfig();
        }

        @Override
        public List<ProviderConfigProperty> getConfigProperties() {
            return SettingsProperties.with(super.getConfigProperties());
        }

        @Override
        public int order() {
            return 1; // above Keycloak's own factory of this id
        }
    }
}
