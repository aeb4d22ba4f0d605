package dev.socialexchange.keycloak.provider;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.keycloak.broker.provider.AbstractIdentityProviderFactory;
import org.keycloak.broker.social.SocialIdentityProvider;
import org.keycloak.broker.social.SocialIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Puts a provider of ours in the place of one of Keycloak's social types, under its id: its page and checks, and ours. */
@SuppressWarnings("rawtypes") // some of Keycloak's providers (26.7) implement the interface without its type
abstract class ReplacingFactory<T extends SocialIdentityProvider> extends AbstractIdentityProviderFactory<T>
        implements SocialIdentityProviderFactory<T> {
    private final SocialIdentityProviderFactory<?> keycloaks;
    private final BiFunction<KeycloakSession, IdentityProviderModel, T> constructor;

    ReplacingFactory(
            SocialIdentityProviderFactory<?> keycloaks,
            BiFunction<KeycloakSession, IdentityProviderModel, T> constructor) {
        this.keycloaks = keycloaks;
        this.constructor = constructor;
    }

    @Override
    public final String getId() {
        return keycloaks.getId();
    }

    @Override
    public final String getName() {
        return keycloaks.getName();
    }

    @Override
    public final String getHelpText() {
        return keycloaks.getHelpText();
    }

    @Override
    public final T create(KeycloakSession session, IdentityProviderModel model) {
        return constructor.apply(session, model);
    }

    @Override
    public final Map<String, String> parseConfig(KeycloakSession session, String config) {
        return keycloaks.parseConfig(session, config);
    }

    @Override
    public final IdentityProviderModel createConfig() {
        IdentityProviderModel theirs = keycloaks.createConfig();
        return new IdentityProviderModel(theirs) {
            private static final long serialVersionUID = 1L;

            @Override
            public void validate(RealmModel realm) {
                theirs.setConfig(getConfig()); // Keycloak's checks are methods of its own classes
                theirs.validate(realm);
                SettingsValidation.validate(this, realm);
            }
        };
    }

    @Override
    public final List<ProviderConfigProperty> getConfigProperties() {
        return TypeProperties.of(keycloaks.getConfigProperties(), DescriptorReader.resource(getId()));
    }

    @Override
    public final int order() {
        return 1; // above Keycloak's own factory of this id
    }
}
