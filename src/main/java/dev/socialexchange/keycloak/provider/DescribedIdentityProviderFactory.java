package dev.socialexchange.keycloak.provider;

import java.util.List;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.AbstractIdentityProviderFactory;
import org.keycloak.broker.social.SocialIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.provider.ProviderConfigProperty;

/** Makes a provider type of a descriptor. */
public abstract class DescribedIdentityProviderFactory
        extends AbstractIdentityProviderFactory<DescribedIdentityProvider>
        implements SocialIdentityProviderFactory<DescribedIdentityProvider> {
    private final Descriptor descriptor;

    DescribedIdentityProviderFactory(String id) {
        this.descriptor = DescriptorReader.resource(id);
    }

    @Override
    public String getId() {
        return descriptor.id();
    }

    @Override
    public String getName() {
        return descriptor.name();
    }

    @Override
    public DescribedIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
        return create(session, new OAuth2IdentityProviderConfig(model), descriptor);
    }

    /** For types that need code beside their descriptor. */
    DescribedIdentityProvider create(
            KeycloakSession session, OAuth2IdentityProviderConfig config, Descriptor descriptor) {
        return new DescribedIdentityProvider(session, config, descriptor);
    }

    @Override
    public OAuth2IdentityProviderConfig createConfig() {
        return new DescribedConfig(descriptor);
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return TypeProperties.of(descriptor);
    }
}
