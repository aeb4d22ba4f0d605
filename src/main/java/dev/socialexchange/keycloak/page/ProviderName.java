package dev.socialexchange.keycloak.page;

import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What people call an identity provider. */
public final class ProviderName {

    private ProviderName() {}

    /** The alias of one that has been removed meanwhile. */
    public static String of(KeycloakSession session, String alias) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        return provider == null ? alias : KeycloakModelUtils.getIdentityProviderDisplayName(session, provider);
    }
}
