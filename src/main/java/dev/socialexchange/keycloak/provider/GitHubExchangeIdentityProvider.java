package dev.socialexchange.keycloak.provider;

import java.util.HashMap;
import java.util.Map;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.social.github.GitHubIdentityProvider;
import org.keycloak.social.github.GitHubIdentityProviderFactory;

/** Keycloak's GitHub and GitHub Enterprise, under its own id, with token exchange. */
public final class GitHubExchangeIdentityProvider extends GitHubIdentityProvider implements ExchangeIdentityProvider {
    private static final Descriptor DESCRIPTOR = DescriptorReader.resource(GitHubIdentityProviderFactory.PROVIDER_ID);

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
