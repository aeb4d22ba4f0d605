package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import jakarta.ws.rs.core.Response;
import java.util.stream.Stream;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.JWTAuthorizationGrantValidationContext;
import org.keycloak.social.google.GoogleIdentityProvider;
import org.keycloak.social.google.GoogleIdentityProviderConfig;
import org.keycloak.social.google.GoogleIdentityProviderFactory;

/** Keycloak's Google, under its own id, with token exchange. */
public final class GoogleExchangeIdentityProvider extends GoogleIdentityProvider implements ExchangeIdentityProvider {
    private static final Descriptor DESCRIPTOR = DescriptorReader.resource(GoogleIdentityProviderFactory.PROVIDER_ID);

    GoogleExchangeIdentityProvider(KeycloakSession session, GoogleIdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        requireHostedDomain(evidence.document());
        return OidcEvidence.extract(
                getConfig(),
                evidence,
                idToken -> extractIdentity(null, null, idToken),
                profile -> extractIdentityFromProfile(null, profile));
    }

    /** The claim, as in browser logins; the request parameter of the same name is only a hint (CVE-2026-18214). */
    private void requireHostedDomain(JsonNode document) {
        String allowed = ((GoogleIdentityProviderConfig) getConfig()).getHostedDomain();
        if (allowed == null || allowed.isBlank() || allowed.equals("*")) {
            return;
        }
        String domain = DESCRIPTOR
                .identity()
                .profile()
                .mail()
                .hostedDomain()
                .text(document)
                .orElse("");
        if (Stream.of(allowed.split(",")).map(String::strip).noneMatch(domain::equals)) {
            throw ExchangeException.refuse(ExchangeError.HOSTED_DOMAIN_NOT_ALLOWED);
        }
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

    public static final class Factory extends ReplacingFactory<GoogleExchangeIdentityProvider> {
        public Factory() {
            super(
                    new GoogleIdentityProviderFactory(),
                    (session, model) ->
                            new GoogleExchangeIdentityProvider(session, new GoogleIdentityProviderConfig(model)));
        }
    }
}
