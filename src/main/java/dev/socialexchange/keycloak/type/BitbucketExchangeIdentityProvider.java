package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.socialexchange.keycloak.Mirrors;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.provider.AccountState;
import dev.socialexchange.keycloak.provider.BrokeredIdentities;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import jakarta.ws.rs.core.Response;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.social.bitbucket.BitbucketIdentityProvider;
import org.keycloak.social.bitbucket.BitbucketIdentityProviderFactory;

/** Keycloak's Bitbucket Cloud, under its own id, with token exchange. */
public final class BitbucketExchangeIdentityProvider extends BitbucketIdentityProvider
        implements ExchangeIdentityProvider {
    private static final Descriptor DESCRIPTOR =
            DescriptorReader.resource(BitbucketIdentityProviderFactory.PROVIDER_ID);

    BitbucketExchangeIdentityProvider(KeycloakSession session, OAuth2IdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    /** What Keycloak's {@code extractUserInfo} (26.7) does, which is private and fetches the addresses itself. */
    @Mirrors(type = "org.keycloak.social.bitbucket.BitbucketIdentityProvider", methods = "extractUserInfo")
    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        JsonNode profile = evidence.document();
        AccountState.requireActive(profile, "account_status");
        BrokeredIdentityContext identity =
                new BrokeredIdentityContext(getJsonProperty(profile, "account_id"), getConfig());
        identity.setUsername(getJsonProperty(profile, "username"));
        BrokeredIdentities.setFullName(identity, getJsonProperty(profile, "display_name"));
        identity.setIdp(this);
        AbstractJsonUserAttributeMapper.storeUserProfileForMapper(
                identity, profile, getConfig().getAlias());
        // the first of them, primary or not; VouchedEmail asks whether it is the confirmed primary one
        JsonNode first = evidence.further()
                .getOrDefault("emails", MissingNode.getInstance())
                .path("values")
                .path(0);
        if (first.path("type").asText().equals("email")) {
            identity.setEmail(getJsonProperty(first, "email"));
        }
        return identity;
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

    public static final class Factory extends ReplacingFactory<BitbucketExchangeIdentityProvider> {
        public Factory() {
            super(
                    new BitbucketIdentityProviderFactory(),
                    (session, model) ->
                            new BitbucketExchangeIdentityProvider(session, new OAuth2IdentityProviderConfig(model)));
        }
    }
}
