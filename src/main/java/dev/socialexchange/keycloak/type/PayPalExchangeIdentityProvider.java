package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.descriptor.OAuth2Endpoints;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.social.paypal.PayPalIdentityProvider;
import org.keycloak.social.paypal.PayPalIdentityProviderConfig;
import org.keycloak.social.paypal.PayPalIdentityProviderFactory;

/** Keycloak's PayPal and its sandbox, under its own id, with token exchange. */
public final class PayPalExchangeIdentityProvider extends PayPalIdentityProvider implements ExchangeIdentityProvider {
    private static final Descriptor DESCRIPTOR = DescriptorReader.resource(PayPalIdentityProviderFactory.PROVIDER_ID);
    private static final Map<String, String> SANDBOX = Map.of(
            "https://www.paypal.com", "https://www.sandbox.paypal.com",
            "https://api.paypal.com", "https://api.sandbox.paypal.com");

    PayPalExchangeIdentityProvider(KeycloakSession session, PayPalIdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
        // Keycloak (26.7) redeems codes at an address that PayPal's discovery document and its guides no longer have
        config.setTokenUrl(endpoints()
                .rewrite(DESCRIPTOR.oauth2().flatMap(OAuth2Endpoints::tokenUrl).orElseThrow()));
        config.setClientAuthMethod(OIDCLoginProtocol.CLIENT_SECRET_BASIC);
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public Endpoints endpoints() {
        Endpoints configured = ExchangeIdentityProvider.super.endpoints();
        return getConfig().targetSandbox() ? configured.after(SANDBOX) : configured;
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        return extractIdentityFromProfile(null, evidence.document());
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
    protected void updateEmail(UserModel user, BrokeredIdentityContext context) {
        OthersAddress.leave(session, user, context, super::updateEmail);
    }

    @Override
    protected void setEmailVerified(UserModel user, BrokeredIdentityContext context) {
        VerifiedFlag.set(user, context, super::setEmailVerified);
    }

    public static final class Factory extends ReplacingFactory<PayPalExchangeIdentityProvider> {
        public Factory() {
            super(
                    new PayPalIdentityProviderFactory(),
                    (session, model) ->
                            new PayPalExchangeIdentityProvider(session, new PayPalIdentityProviderConfig(model)));
        }
    }
}
