package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.provider.Evidence;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.IdentityProviderModel;

/**
 * An identity provider without a Keycloak, for what is decided before anybody is looked up: how its tokens are proven.
 *
 * @param readsAccessTokens as an {@code oidc} provider does whose access tokens are JWTs
 */
public record OfflineProvider(OAuth2IdentityProviderConfig config, Descriptor descriptor, boolean readsAccessTokens)
        implements ExchangeIdentityProvider {

    /** Of the type {@code oidc}, with what its admin has entered. */
    public static OfflineProvider openId(Map<String, String> settings) {
        OIDCIdentityProviderConfig config = new OIDCIdentityProviderConfig(model("oidc", settings));
        return new OfflineProvider(config, OidcDescriptor.of(config), config.isAccessTokenJwt());
    }

    /** Of the type {@code oauth2}. */
    public static OfflineProvider oauth2(Map<String, String> settings) {
        OAuth2IdentityProviderConfig config = new OAuth2IdentityProviderConfig(model("oauth2", settings));
        return new OfflineProvider(config, OidcDescriptor.of(config), false);
    }

    /** Of a shipped type. */
    public static OfflineProvider ofType(String type, Map<String, String> settings) {
        return new OfflineProvider(
                new OAuth2IdentityProviderConfig(model(type, settings)), DescriptorReader.resource(type), false);
    }

    /** Of a file of an admin's own. */
    public static OfflineProvider describedBy(String yaml, Map<String, String> settings) {
        Descriptor descriptor = DescriptorReader.read(yaml.getBytes(StandardCharsets.UTF_8), "a test")
                .descriptor();
        return new OfflineProvider(
                new OAuth2IdentityProviderConfig(model(descriptor.id(), settings)), descriptor, false);
    }

    private static IdentityProviderModel model(String type, Map<String, String> settings) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias(type);
        model.setInternalId(type);
        model.setProviderId(type);
        model.setEnabled(true);
        model.getConfig().putAll(settings);
        return model;
    }

    @Override
    public OAuth2IdentityProviderConfig getConfig() {
        return config;
    }

    @Override
    public BrokeredIdentityContext extract(Evidence evidence) {
        throw new UnsupportedOperationException("nobody is looked up here");
    }

    /** Who the evidence is about. */
    public Optional<String> subject(Evidence evidence) {
        return evidence.ofIdToken() ? subjectOfIdToken(evidence.document()) : subject(evidence.document());
    }
}
