package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.DescriptorReader;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.broker.oidc.OIDCIdentityProvider;
import org.keycloak.broker.social.SocialIdentityProviderFactory;
import org.keycloak.models.IdentityProviderModel;

/** Every social provider type of this extension, as Keycloak finds them, without a Keycloak. */
public final class ProviderTypes {

    private ProviderTypes() {}

    /** By type, with an alias of the same name. */
    public static Map<String, ExchangeIdentityProvider> all() {
        Map<String, ExchangeIdentityProvider> types = new TreeMap<>();
        for (SocialIdentityProviderFactory<?> factory :
                ServiceLoader.load(SocialIdentityProviderFactory.class, ProviderTypes.class.getClassLoader())) {
            if (factory.getClass().getName().startsWith("dev.socialexchange.")) {
                types.put(factory.getId(), create(factory));
            }
        }
        return types;
    }

    private static ExchangeIdentityProvider create(SocialIdentityProviderFactory<?> factory) {
        IdentityProviderModel model = new IdentityProviderModel();
        model.setAlias(factory.getId());
        model.setProviderId(factory.getId());
        model.setEnabled(true);
        model.getConfig().put("clientId", "our-client");
        // Keycloak's OpenID types do not load without its server; their descriptors do
        return OIDCIdentityProvider.class.isAssignableFrom(made(factory))
                ? new DescribedIdentityProvider(
                        null, new OAuth2IdentityProviderConfig(model), DescriptorReader.resource(factory.getId()))
                : (ExchangeIdentityProvider) factory.create(null, model);
    }

    /** What the factory says it makes, without making it. */
    private static Class<?> made(SocialIdentityProviderFactory<?> factory) {
        Type base = factory.getClass().getGenericSuperclass();
        return base instanceof ParameterizedType replacing
                ? (Class<?>) replacing.getActualTypeArguments()[0]
                : DescribedIdentityProvider.class;
    }
}
