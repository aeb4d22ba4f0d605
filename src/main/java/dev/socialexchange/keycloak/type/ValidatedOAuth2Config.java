package dev.socialexchange.keycloak.type;

import dev.socialexchange.keycloak.provider.SettingsValidation;
import org.keycloak.broker.oidc.OAuth2IdentityProviderConfig;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;

/** What the console saves: Keycloak's own checks, then ours. */
class ValidatedOAuth2Config extends OAuth2IdentityProviderConfig {
    private static final long serialVersionUID = 1L;

    ValidatedOAuth2Config() {
        super();
    }

    ValidatedOAuth2Config(IdentityProviderModel model) {
        super(model);
    }

    @Override
    public void validate(RealmModel realm) {
        super.validate(realm);
        SettingsValidation.validate(this, realm);
    }
}
