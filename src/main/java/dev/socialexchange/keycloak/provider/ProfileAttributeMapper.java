package dev.socialexchange.keycloak.provider;

import org.keycloak.broker.oidc.mappers.AbstractJsonUserAttributeMapper;

/** "Attribute Importer" for our own provider types: a field of the provider's profile becomes a user attribute. */
public final class ProfileAttributeMapper extends AbstractJsonUserAttributeMapper {

    @Override
    public String getId() {
        return "social-exchange-user-attribute-mapper";
    }

    @Override
    public String[] getCompatibleProviders() {
        return new String[] {CustomIdentityProvider.PROVIDER_ID};
    }
}
