package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.provider.SettingsProperties;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.AbstractIdentityProviderFactory;
import org.keycloak.broker.provider.AuthenticationRequest;
import org.keycloak.broker.provider.IdentityBrokerException;
import org.keycloak.broker.provider.IdentityProvider;
import org.keycloak.broker.social.SocialIdentityProvider;
import org.keycloak.broker.social.SocialIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.provider.ProviderConfigurationBuilder;

/** A provider that nobody thought of, described by its admin, or in a file by the server's operator. */
public final class CustomIdentityProvider extends DescribedIdentityProvider {
    public static final String PROVIDER_ID = "social-custom";

    private final boolean usable;

    CustomIdentityProvider(
            KeycloakSession session, OAuth2IdentityProviderConfig config, Optional<Descriptor> descriptor) {
        // Keycloak makes providers for logouts and lists as well, which a missing file must not break
        super(session, config, descriptor.orElseGet(CustomIdentityProvider::nothing));
        this.usable = descriptor.isPresent();
    }

    /** Without any setting there is nothing that could be proven. */
    private static Descriptor nothing() {
        IdentityProviderModel empty = new IdentityProviderModel();
        empty.setProviderId(PROVIDER_ID);
        return new DescriptorSettings(empty).descriptor();
    }

    @Override
    public boolean isUsable() {
        return usable;
    }

    @Override
    public Response performLogin(AuthenticationRequest request) {
        if (!usable) {
            throw new IdentityBrokerException(
                    "The descriptor of the identity provider " + getConfig().getAlias() + " is not usable");
        }
        return super.performLogin(request);
    }

    public static final class Factory extends AbstractIdentityProviderFactory<CustomIdentityProvider>
            implements SocialIdentityProviderFactory<CustomIdentityProvider> {
        /** {@code --spi-social--social-custom--folder}, read at every start. */
        static final String FOLDER = "folder";

        private String folder;
        private DescriptorFolder files = DescriptorFolder.none();

        @Override
        public void init(Config.Scope config) {
            folder = config.get(FOLDER);
        }

        /** Not earlier: which types there are is known when all factories are. */
        @Override
        public void postInit(KeycloakSessionFactory factory) {
            Set<String> types = Stream.concat(
                            factory.getProviderFactoriesStream(SocialIdentityProvider.class),
                            factory.getProviderFactoriesStream(IdentityProvider.class))
                    .map(type -> type.getId())
                    .collect(Collectors.toSet());
            files = DescriptorFolder.in(folder, types);
        }

        @Override
        public String getId() {
            return PROVIDER_ID;
        }

        @Override
        public String getName() {
            return "Custom social provider";
        }

        @Override
        public CustomIdentityProvider create(KeycloakSession session, IdentityProviderModel model) {
            OAuth2IdentityProviderConfig config = new OAuth2IdentityProviderConfig(model);
            DescriptorSettings settings = new DescriptorSettings(config);
            Optional<Descriptor> descriptor = settings.descriptorName().isPresent()
                    ? settings.descriptorName().flatMap(files::named)
                    : Optional.of(settings.descriptor());
            return new CustomIdentityProvider(session, config, descriptor);
        }

        @Override
        public OAuth2IdentityProviderConfig createConfig() {
            return new ValidatedOAuth2Config() {
                private static final long serialVersionUID = 1L;

                @Override
                public void validate(RealmModel realm) {
                    super.validate(realm);
                    DescriptorSettings settings = new DescriptorSettings(this);
                    settings.validate(realm);
                    settings.descriptorName()
                            .map(files::require)
                            .ifPresentOrElse(
                                    described -> EnteredRevocation.require(this, described),
                                    () -> EnteredRevocation.require(this));
                }
            };
        }

        @Override
        public List<ProviderConfigProperty> getConfigProperties() {
            return SettingsProperties.with(DescriptorSettings.properties());
        }

        @Override
        public List<ProviderConfigProperty> getConfigMetadata() {
            return ProviderConfigurationBuilder.create()
                    .property()
                    .name(FOLDER)
                    .type("string")
                    .helpText("Folder of YAML files that describe further social providers, read at the start.")
                    .add()
                    .build();
        }
    }
}
