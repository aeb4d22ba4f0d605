package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.RequestConnection;
import dev.socialexchange.keycloak.login.BrowserSteps;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProviders;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.urls.UrlType;

/** Checks of a realm's providers in a server. */
record Checkup(KeycloakSession session, RealmModel realm) {

    Checked check(IdentityProviderModel model, Phrases phrases) {
        Check check = of(model);
        List<Finding> settings = check.settings();
        RequestConnection.release(session); // who waits for a provider keeps no connection to the database
        return Checked.of(model.getAlias(), model.getProviderId(), check.findings(settings), phrases);
    }

    Check of(IdentityProviderModel model) {
        return new Check(
                patient(model), new KeycloakSurroundings(session), flow -> BrowserSteps.of(session, realm, flow));
    }

    Patient patient(IdentityProviderModel model) {
        String redirectUri = redirectUri(model);
        try {
            return new Patient(
                    realm, model, ExchangeIdentityProviders.any(session, model), Optional.empty(), redirectUri);
        } catch (IllegalArgumentException setting) {
            return new Patient(realm, model, Optional.empty(), Optional.of(setting.getMessage()), redirectUri);
        }
    }

    /** Empty if a setting cannot be read. */
    Optional<ExchangeIdentityProvider> provider(IdentityProviderModel model) {
        try {
            return ExchangeIdentityProviders.any(session, model);
        } catch (IllegalArgumentException setting) {
            return Optional.empty();
        }
    }

    private String redirectUri(IdentityProviderModel model) {
        return Urls.identityProviderAuthnResponse(
                        session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), model.getAlias(), realm.getName())
                .toString();
    }
}
