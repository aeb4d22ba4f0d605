package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.provider.AppRegistration;
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
import org.keycloak.social.stackoverflow.StackOverflowIdentityProviderConfig;
import org.keycloak.social.stackoverflow.StackoverflowIdentityProvider;
import org.keycloak.social.stackoverflow.StackoverflowIdentityProviderFactory;
import org.keycloak.utils.StringUtil;

/** Keycloak's Stack Overflow, under its own id, with token exchange. */
public final class StackOverflowExchangeIdentityProvider extends StackoverflowIdentityProvider
        implements ExchangeIdentityProvider {
    private static final Descriptor DESCRIPTOR =
            DescriptorReader.resource(StackoverflowIdentityProviderFactory.PROVIDER_ID);

    StackOverflowExchangeIdentityProvider(KeycloakSession session, StackOverflowIdentityProviderConfig config) {
        super(session, config);
        OidcEndpoints.rewrite(config);
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    /** The app's key, without which the API answers no token. */
    @Override
    public Map<String, String> variables(AppRegistration app, String token) {
        String key = getConfig().getKey();
        if (StringUtil.isBlank(key)) {
            throw ExchangeException.unavailable("key_not_configured");
        }
        return Map.of("key", key);
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

    public static final class Factory extends ReplacingFactory<StackOverflowExchangeIdentityProvider> {
        public Factory() {
            super(
                    new StackoverflowIdentityProviderFactory(),
                    (session, model) -> new StackOverflowExchangeIdentityProvider(
                            session, new StackOverflowIdentityProviderConfig(model)));
        }
    }
}
