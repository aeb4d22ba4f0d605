package dev.socialexchange.keycloak.effect;

import dev.socialexchange.keycloak.provider.DeletionRequest;
import dev.socialexchange.keycloak.provider.ExchangeSettings;
import dev.socialexchange.keycloak.provider.SignalMode;
import dev.socialexchange.keycloak.provider.SignalSettings;
import dev.socialexchange.keycloak.step.ProtectedAccounts;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;

/** The time that an administrator has for a request to be forgotten before it is done by itself. */
record Grace(KeycloakSession session) {

    /**
     * Empty if it is never done by itself: whoever has switched that off since wants nobody deleted, an account that is not the user's any more, or that its provider has closed,
     * has nobody deleted, and of whoever is protected an administrator decides.
     */
    Optional<Instant> end(UserModel user, DeletionRequest request) {
        return request.due()
                .filter(due -> isOn(request.alias()))
                .filter(due -> request.isLinked(session, user))
                .filter(due ->
                        !ProtectedAccounts.contain(session, session.getContext().getRealm(), user));
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
