package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.keycloak.broker.oauth.OAuth2IdentityProvider;
import org.keycloak.broker.oauth.OAuth2IdentityProviderFactory;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Keycloak's plain OAuth 2.0 type, under its own id, with token exchange. */
public final class OAuth2ExchangeIdentityProvider extends OAuth2IdentityProvider implements ExchangeIdentityProvider {
    private final LateDescriptor descriptor;

    OAuth2ExchangeIdentityProvider(KeycloakSession session, OAuth2IdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
        descriptor = new LateDescriptor(() -> OidcDescriptor.of(config));
    }

    @Override
    public Descriptor descriptor() {
        return descriptor.get();
    }

    /** What {@code OAuth2IdentityProvider.doGetFederatedIdentity} (26.7) does after fetching the profile itself. */
    @Mirrors(type = "org.keycloak.broker.oauth.OAuth2IdentityProvider", methods = "doGetFederatedIdentity")
    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        JsonNode profile = evidence.document();
        OAuth2IdentityProviderConfig config = getConfig();
        BrokeredIdentityContext identity = new BrokeredIdentityContext(config);
        AbstractJsonUserAttributeMapper.storeUserProfileForMapper(identity, profile, config.getAlias());
        identity.setId(getJsonProperty(profile, config.getUserIDClaim()));
        String givenName = claim(profile, config.getGivenNameClaim());
        String familyName = claim(profile, config.getFamilyNameClaim());
        if (givenName == null && familyName == null) {
            BrokeredIdentities.setFullName(identity, claim(profile, config.getFullNameClaim()));
        } else {
            identity.setFirstName(givenName);
            identity.setLastName(familyName);
        }
        identity.setEmail(claim(profile, config.getEmailClaim()));
        String username = claim(profile, config.getUserNameClaim());
        if (username == null) {
            username = identity.getEmail() != null ? identity.getEmail() : identity.getId();
        }
        identity.setUsername(username);
        return identity;
    }

    private String claim(JsonNode profile, String path) {
        return path == null ? null : getJsonProperty(profile, path);
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

    public static final class Factory extends OAuth2IdentityProviderFactory {

        @Override
        public OAuth2ExchangeIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
            return new OAuth2ExchangeIdentityProvider(session, new OAuth2IdentityProviderConfig(model));
        }

        @Override
        public IdentityProviderModel createConfig() {
            IdentityProviderModel keycloaks = super.createConfig();
            return new ValidatedOAuth2Config(keycloaks) {
                private static final long serialVersionUID = 1L;

                @Override
                public void validate(RealmModel realm) {
                    keycloaks.setConfig(getConfig()); // its own checks are in an anonymous class
                    keycloaks.validate(realm);
                    super.validate(realm);
                    EnteredRevocation.require(this);
                }
            };
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
