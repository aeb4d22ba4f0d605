package dev.socialexchange.keycloak.provider;

import java.util.List;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.provider.AbstractIdentityProviderFactory;
import org.keycloak.broker.social.SocialIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/** A provider that nobody thought of, described by its admin. */
public final class CustomIdentityProvider extends DescribedIdentityProvider {
    public static final String PROVIDER_ID = "social-custom";

    CustomIdentityProvider(KeycloakSession session, OAuth2IdentityProviderConfig config) {
        super(session, config, new CustomSettings(config).descriptor());
    }

    public static final class Factory extends AbstractIdentityProviderFactory<CustomIdentityProvider>
            implements SocialIdentityProviderFactory<CustomIdentityProvider> {

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
            return new CustomIdentityProvider(session, new OAuth2IdentityProviderConfig(model));
        }

        @Override
        public OAuth2IdentityProviderConfig createConfig() {
            return new ValidatedOAuth2Config() {
                private static final long serialVersionUID = 1L;

                @Override
                public void validate(RealmModel realm) {
                    super.validate(realm);
                    new CustomSettings(this).validate(realm);
                }
            };
        }

        @Override
        public List<ProviderConfigProperty> getConfigProperties() {
            return SettingsProperties.with(CustomSettings.properties());
        }
    }
}
