package dev.socialexchange.keycloak.type;

import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProvider;
import org.keycloak.broker.oidc.KeycloakOIDCIdentityProviderFactory;
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
import org.keycloak.provider.ProviderConfigProperty;

/** Keycloak's own kind of OpenID Connect, under its own id, with token exchange. */
public final class KeycloakOidcExchangeIdentityProvider extends KeycloakOIDCIdentityProvider implements OidcExchange {
    private final EnteredOidc entered;

    KeycloakOidcExchangeIdentityProvider(KeycloakSession session, OIDCIdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
        entered = new EnteredOidc(
                session,
                config,
                idToken -> extractIdentity(null, null, idToken),
                profile -> extractIdentityFromProfile(null, profile));
    }

    @Override
    public EnteredOidc entered() {
        return entered;
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

    public static final class Factory extends KeycloakOIDCIdentityProviderFactory {

        @Override
        public KeycloakOidcExchangeIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
            return new KeycloakOidcExchangeIdentityProvider(session, new OIDCIdentityProviderConfig(model));
        }

        @Override
        public OIDCIdentityProviderConfig createConfig() {
            return new ValidatedOidcConfig();
        }

        @Override
        public Map<String, String> parseConfig(KeycloakSession session, String document) {
            return EnteredRevocation.discovered(super.parseConfig(session, document), document);
        }

        @Override
        public List<ProviderConfigProperty> getConfigProperties() {
            return EnteredRevocation.with(super.getConfigProperties());
        }

        @Override
        public int order() {
            return 1; // above Keycloak's own factory of this id
        }
    }
}
