package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.SettingsProperties;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.provider.ProviderConfigProperty;

/** What the console shows of a type: settings of its own, and ours in the words that fit it. */
public final class TypeProperties {
    /**
     * Of {@link ExchangeSettings#EMAIL_TRUST} where there are no addresses to trust: the console (26.7) shows no plain text, and
     * would let people fill in a field that is only a note.
     */
    public static final String NO_ADDRESS = "socialExchange-exchangeEmailTrust-noAddress";

    /** Where {@link ExchangeSettings#UNBOUND} is not as dangerous as elsewhere. */
    private static final String PAIRWISE_HELP = "socialExchange-exchangeUnbound-pairwise-help";

    private TypeProperties() {}

    /** Of a type from the catalogue. */
    static List<ProviderConfigProperty> of(Descriptor descriptor) {
        List<ProviderConfigProperty> own =
                new ArrayList<>(DescriptorSettings.named(descriptor.about().settings()));
        if (descriptor.revocation().isPresent()) {
            own.add(LogoutRevocation.property());
        }
        return of(own, descriptor);
    }

    /** @param own of a type of Keycloak's, {@code null} for none */
    static List<ProviderConfigProperty> of(List<ProviderConfigProperty> own, Descriptor descriptor) {
        List<ProviderConfigProperty> properties = new ArrayList<>(own == null ? List.of() : own);
        if (descriptor.withdraws().isPresent()) {
            properties.add(revokeAtDeletion());
        }
        SettingsProperties.all().forEach(property -> properties.add(fitting(descriptor, property)));
        return properties;
    }

    /** Of types whose provider can do it. */
    static ProviderConfigProperty revokeAtDeletion() {
        return SettingsProperties.property(
                ExchangeSettings.REVOKE_AT_DELETION, ProviderConfigProperty.BOOLEAN_TYPE, "false");
    }

    private static ProviderConfigProperty fitting(Descriptor descriptor, ProviderConfigProperty property) {
        if (descriptor.vouching().pairwise() && property.getName().equals(ExchangeSettings.UNBOUND)) {
            property.setHelpText(PAIRWISE_HELP);
        }
        if (!descriptor.givesAddresses() && property.getName().equals(ExchangeSettings.EMAIL_TRUST)) {
            property.setLabel(NO_ADDRESS);
            property.setHelpText(NO_ADDRESS + "-help");
        }
        return property;
    }
}
