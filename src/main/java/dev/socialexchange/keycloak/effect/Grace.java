package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.SignalMode;
import dev.socialexchange.keycloak.provider.SignalSettings;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;

/** The time that an administrator has for a request to be forgotten before it is done by itself. */
record Grace(KeycloakSession session) {

    /** Empty if it is never done by itself: whoever has switched that off since wants nobody deleted. */
    Optional<Instant> end(RequestDetail detail) {
        return detail.due().filter(due -> isOn(detail.alias()));
    }

    private boolean isOn(String alias) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        if (provider == null || !provider.isEnabled()) {
            return false;
        }
        SignalSettings signals = new ExchangeSettings(provider.getConfig()).signals();
        return signals.mode() == SignalMode.ENFORCE && signals.graceDays().isPresent();
    }
}
