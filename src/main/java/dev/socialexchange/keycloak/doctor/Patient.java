package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import java.util.Optional;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.RealmModel;

/**
 * The provider that is looked at, however it is set up.
 *
 * @param provider empty if nothing can be exchanged with it
 * @param unreadable why not, where a setting cannot be read; names the setting
 * @param redirectUri of its browser login
 */
record Patient(
        RealmModel realm,
        IdentityProviderModel model,
        Optional<ExchangeIdentityProvider> provider,
        Optional<String> unreadable,
        String redirectUri) {

    /** A provider whose every setting can be read. */
    static Patient of(
            RealmModel realm, IdentityProviderModel model, ExchangeIdentityProvider provider, String redirectUri) {
        return new Patient(realm, model, Optional.of(provider), Optional.empty(), redirectUri);
    }

    /** One that can be asked about something. */
    Optional<ExchangeIdentityProvider> usable() {
        return provider.filter(ExchangeIdentityProvider::isUsable);
    }

    ExchangeSettings settings() {
        return new ExchangeSettings(model.getConfig());
    }
}
