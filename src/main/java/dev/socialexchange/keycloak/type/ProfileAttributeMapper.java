package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import java.util.stream.Stream;
import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;

/** "Attribute Importer" for our own provider types: a field of the provider's profile becomes a user attribute. */
public final class ProfileAttributeMapper extends AbstractJsonUserAttributeMapper {
    private static final String[] OUR_TYPES = Stream.concat(
                    Stream.of(CustomIdentityProvider.PROVIDER_ID),
                    Catalogue.descriptors().stream().map(Descriptor::id))
            .toArray(String[]::new);

    @Override
    public String getId() {
        return "social-exchange-user-attribute-mapper";
    }

    @Override
    public String[] getCompatibleProviders() {
        return OUR_TYPES.clone();
    }
}
