package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.descriptor.Endpoints;
import dev.socialexchange.keycloak.proof.ProviderTokens;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.ProviderFacts;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.social.github.GitHubIdentityProvider;
import org.keycloak.social.github.GitHubIdentityProviderFactory;
import org.keycloak.util.Booleans;

/** Keycloak's GitHub and GitHub Enterprise, under its own id, with token exchange. */
public final class GitHubExchangeIdentityProvider extends GitHubIdentityProvider implements ExchangeIdentityProvider {
    private static final Descriptor DESCRIPTOR = DescriptorReader.resource(GitHubIdentityProviderFactory.PROVIDER_ID);

    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    private final Endpoints endpoints;

    GitHubExchangeIdentityProvider(KeycloakSession session, OAuth2IdentityProviderConfig config) {
        super(session, withOwnUrls(config));
        this.endpoints = endpoints(config);
    }

    /** Keycloak's class keeps the URLs in private fields, made from these two settings. */
    private static OAuth2IdentityProviderConfig withOwnUrls(OAuth2IdentityProviderConfig config) {
        Map<String, String> prefixes = endpoints(config).prefixes();
        config.getConfig().computeIfAbsent(BASE_URL_KEY, key -> prefixes.get(DEFAULT_BASE_URL));
        config.getConfig().computeIfAbsent(API_URL_KEY, key -> prefixes.get(DEFAULT_API_URL));
        return config;
    }

    /** Keycloak's own settings for GitHub Enterprise, and whatever {@code exchangeEndpoints} says more precisely. */
    private static Endpoints endpoints(OAuth2IdentityProviderConfig config) {
        Map<String, String> prefixes = new HashMap<>();
        prefixes.put(DEFAULT_BASE_URL, getUrlFromConfig(config, BASE_URL_KEY, DEFAULT_BASE_URL));
        prefixes.put(DEFAULT_API_URL, getUrlFromConfig(config, API_URL_KEY, DEFAULT_API_URL));
        prefixes.putAll(new ExchangeSettings(config.getConfig()).endpoints().prefixes());
        return new Endpoints(prefixes);
    }

    @Override
    public Endpoints endpoints() {
        return endpoints;
    }

    @Override
    public Descriptor descriptor() {
        return DESCRIPTOR;
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        return extractIdentityFromProfile(null, evidence.document());
    }

    /** Keycloak's login looks at the primary address only; whether any is verified stands in the list. */
    @Override
    protected BrokeredIdentityContext doGetFederatedIdentity(String accessToken) {
        BrokeredIdentityContext identity = super.doGetFederatedIdentity(accessToken);
        if (Booleans.isTrue(getConfig().isTrustEmail())) {
            emails(accessToken).ifPresent(list -> identity.getContextData().put(ProviderFacts.EMAILS, list));
        }
        return identity;
    }

    /** Empty if there is no list or it cannot be read now: then nobody vouches for the address. */
    private Optional<JsonNode> emails(String accessToken) {
        ObjectNode tokens = JsonNodeFactory.instance.objectNode().put(OAuth2Constants.ACCESS_TOKEN, accessToken);
        try {
            Evidence evidence = new ProviderTokens(new KeycloakSurroundings(session), this).read(tokens, null, null);
            return DESCRIPTOR.identity().emails().map(list -> evidence.further().get(list.document()));
        } catch (ExchangeException unreadable) {
            LOG.debugf(
                    "no list of addresses from GitHub: %s", unreadable.error().reason());
            return Optional.empty();
        }
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

    public static final class Factory extends ReplacingFactory<GitHubExchangeIdentityProvider> {
        public Factory() {
            super(
                    new GitHubIdentityProviderFactory(),
                    (session, model) ->
                            new GitHubExchangeIdentityProvider(session, new OAuth2IdentityProviderConfig(model)));
        }
    }
}
