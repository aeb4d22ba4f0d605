package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.provider.AppRegistration;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.social.facebook.FacebookIdentityProvider;
import org.keycloak.social.facebook.FacebookIdentityProviderConfig;
import org.keycloak.social.facebook.FacebookIdentityProviderFactory;
import org.keycloak.utils.StringUtil;

/** Keycloak's Facebook, under its own id, with token exchange. */
public final class FacebookExchangeIdentityProvider extends FacebookIdentityProvider
        implements ExchangeIdentityProvider {
    private static final Descriptor DESCRIPTOR = DescriptorReader.resource(FacebookIdentityProviderFactory.PROVIDER_ID);
    /** Limited Login's OpenID Connect claims under the Graph API's names. */
    private static final Map<String, String> GRAPH_NAMES = Map.of(
            "sub", "id", "name", "name", "email", "email", "given_name", "first_name", "family_name", "last_name");

    FacebookExchangeIdentityProvider(KeycloakSession session, FacebookIdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        JsonNode profile = evidence.document();
        return extractIdentityFromProfile(
                null, evidence instanceof Evidence.IdTokenClaims ? Claims.asProfile(profile, GRAPH_NAMES) : profile);
    }

    @Override
    public Map<String, String> variables(AppRegistration app, String token) {
        String fetchedFields = getConfig().getFetchedFields();
        return Map.of(
                "extra_fields",
                StringUtil.isBlank(fetchedFields) ? "" : "," + fetchedFields,
                "appsecret_proof",
                appSecretProof(app.requiredSecret(), token));
    }

    /** The Graph API refuses a proof that was not made with the secret of the token's own app. */
    static String appSecretProof(String appSecret, String token) {
        return Digests.hmacSha256Hex(appSecret.getBytes(StandardCharsets.UTF_8), token);
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

    public static final class Factory extends ReplacingFactory<FacebookExchangeIdentityProvider> {
        public Factory() {
            super(
                    new FacebookIdentityProviderFactory(),
                    (session, model) ->
                            new FacebookExchangeIdentityProvider(session, new FacebookIdentityProviderConfig(model)));
        }
    }
}
