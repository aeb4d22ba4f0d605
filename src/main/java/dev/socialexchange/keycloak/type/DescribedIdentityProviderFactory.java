package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import java.util.List;
import java.util.Locale;
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

    /** Of the descriptor that the class is named after, which lies where the class does. */
    DescribedIdentityProviderFactory() {
        this.descriptor = DescriptorReader.resource(id(getClass().getSimpleName()));
    }

    /** {@code EpicGames} is of {@code epic-games}, {@code Epicgames} of {@code epicgames}. */
    static String id(String className) {
        return className.replaceAll("(?<=.)(?=\\p{Upper})", "-").toLowerCase(Locale.ROOT);
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
