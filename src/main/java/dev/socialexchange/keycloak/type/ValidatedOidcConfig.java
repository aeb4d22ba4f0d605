package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.provider.SettingsValidation;
import org.keycloak.broker.oidc.OIDCIdentityProviderConfig;
import org.keycloak.models.RealmModel;

/** What the console saves: Keycloak's own checks, then ours. */
final class ValidatedOidcConfig extends OIDCIdentityProviderConfig {
    private static final long serialVersionUID = 1L;

    @Override
    public void validate(RealmModel realm) {
        super.validate(realm);
        SettingsValidation.validate(this, realm);
        EnteredRevocation.require(this);
    }
}
