package dev.socialexchange.keycloak.provider;

import java.util.ArrayList;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** What the console shows of a type from the catalogue: settings of its own, and ours in the words that fit it. */
final class TypeProperties {
    /** Where {@link ExchangeSettings#UNBOUND} is not as dangerous as elsewhere. */
    private static final String PAIRWISE_HELP = "socialExchange-exchangeUnbound-pairwise-help";

    private TypeProperties() {}

    static List<ProviderConfigProperty> of(Descriptor descriptor) {
        List<ProviderConfigProperty> properties = new ArrayList<>(CustomSettings.named(descriptor.settings()));
        if (descriptor.revocation() != null) {
            properties.add(LogoutRevocation.property());
        }
        SettingsProperties.all().forEach(property -> properties.add(fitting(descriptor, property)));
        return properties;
    }

    private static ProviderConfigProperty fitting(Descriptor descriptor, ProviderConfigProperty property) {
        if (descriptor.pairwise() && property.getName().equals(ExchangeSettings.UNBOUND)) {
            property.setHelpText(PAIRWISE_HELP);
        }
        return property;
    }
}
