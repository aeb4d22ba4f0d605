package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.descriptor.AccessTokenRules;
import dev.socialexchange.keycloak.descriptor.CallTemplate;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.descriptor.IdTokenRules;
import dev.socialexchange.keycloak.descriptor.OAuth2Endpoints;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import jakarta.ws.rs.core.Response;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.JWTAuthorizationGrantValidationContext;
import org.keycloak.social.linkedin.LinkedInOIDCIdentityProvider;
import org.keycloak.social.linkedin.LinkedInOIDCIdentityProviderFactory;

/** Keycloak's LinkedIn, under its own id, with token exchange, and with endpoints that need no discovery. */
public final class LinkedInExchangeIdentityProvider extends LinkedInOIDCIdentityProvider
        implements ExchangeIdentityProvider {
    private static final Descriptor DESCRIPTOR =
            DescriptorReader.resource(LinkedInOIDCIdentityProviderFactory.PROVIDER_ID);

    LinkedInExchangeIdentityProvider(KeycloakSession session, OIDCIdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
    }

    /** What Keycloak's factory (26.7) sets, from the descriptor instead of a discovery document. */
    @Mirrors(type = "org.keycloak.social.linkedin.LinkedInOIDCIdentityProviderFactory", methods = "create")
    private static OIDCIdentityProviderConfig configured(IdentityProviderModel model) {
        OIDCIdentityProviderConfig config = new OIDCIdentityProviderConfig(model);
        IdTokenRules idToken = DESCRIPTOR.idToken().orElseThrow();
        OAuth2Endpoints oauth2 = DESCRIPTOR.oauth2().orElseThrow();
        config.setIssuer(new ExchangeSettings(config.getConfig())
                .endpoints()
                .issuer(idToken.issuers().iterator().next()));
        config.setAuthorizationUrl(oauth2.authorizationUrl().orElseThrow());
        config.setTokenUrl(oauth2.tokenUrl().orElseThrow());
        DESCRIPTOR
                .accessToken()
                .flatMap(AccessTokenRules::profile)
                .map(CallTemplate::url)
                .ifPresent(config::setUserInfoUrl);
        config.setUseJwksUrl(true);
        config.setJwksUrl(idToken.signature().jwksUrl().orElseThrow());
        config.setValidateSignature(true);
        config.setDisableNonce(idToken.withoutNonce());
        return config;
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        return OidcEvidence.extract(
                getConfig(),
                evidence,
                idToken -> extractIdentity(null, null, idToken),
                profile -> extractIdentityFromProfile(null, profile));
    }

    @Override
    public boolean isKeycloaksKeySet(String url) {
        return url.equals(getConfig().getJwksUrl());
    }

    @Override
    public Response retrieveToken(
            KeycloakSession keycloakSession,
            FederatedIdentityModel link,
            UserSessionModel userSession,
            UserModel user) {
        return new HeldTokens(keycloakSession, this, link, userSession, user)
                .or(() -> super.retrieveToken(keycloakSession, link, userSession, user));
    }

    @Override
    public Object callback(RealmModel realm, AuthenticationCallback callback, EventBuilder event) {
        return super.callback(realm, new BrowserCallback(session, event, callback), event);
    }

    @Override
    public void updateBrokeredUser(
            KeycloakSession keycloakSession, RealmModel realm, UserModel user, BrokeredIdentityContext identity) {
        ClosedLink.refuse(keycloakSession, user, identity);
        super.updateBrokeredUser(keycloakSession, realm, user, identity);
    }

    @Override
    public BrokeredIdentityContext validateAuthorizationGrantAssertion(
            JWTAuthorizationGrantValidationContext assertion) {
        return ClosedLink.refuse(session, assertion, super.validateAuthorizationGrantAssertion(assertion));
    }

    @Override
    protected void updateEmail(UserModel user, BrokeredIdentityContext context) {
        OthersAddress.leave(session, user, context, super::updateEmail);
    }

    @Override
    protected void setEmailVerified(UserModel user, BrokeredIdentityContext context) {
        VerifiedFlag.set(user, context, super::setEmailVerified);
    }

    public static final class Factory extends ReplacingFactory<LinkedInExchangeIdentityProvider> {
        public Factory() {
            super(
                    new LinkedInOIDCIdentityProviderFactory(),
                    (session, model) -> new LinkedInExchangeIdentityProvider(session, configured(model)));
        }
    }
}
