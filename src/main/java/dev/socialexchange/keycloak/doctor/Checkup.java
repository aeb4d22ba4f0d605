package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.ExchangeException;
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

    Checked check(IdentityProviderModel model, Phrases phrases, HostTurns turns) {
        Check check = of(model);
        List<Finding> settings = check.settings();
        RequestConnection.release(session); // who waits for a provider keeps no connection to the database
        return Checked.of(model.getAlias(), model.getProviderId(), check.findings(settings, turns), phrases);
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
            return patient(model, new Patient.Failure("settings_unreadable", setting.getMessage()), redirectUri);
        } catch (ExchangeException fails) {
            return patient(model, new Patient.Failure("code_fails", fails.detail()), redirectUri);
        }
    }

    private Patient patient(IdentityProviderModel model, Patient.Failure failure, String redirectUri) {
        return new Patient(realm, model, Optional.empty(), Optional.of(failure), redirectUri);
    }

    /** Empty if it cannot be used as it is. */
    Optional<ExchangeIdentityProvider> provider(IdentityProviderModel model) {
        try {
            return ExchangeIdentityProviders.any(session, model).filter(ExchangeIdentityProvider::isUsable);
        } catch (IllegalArgumentException | ExchangeException unusable) {
            return Optional.empty();
        }
    }

    private String redirectUri(IdentityProviderModel model) {
        return Urls.identityProviderAuthnResponse(
                        session.getContext().getUri(UrlType.FRONTEND).getBaseUri(), model.getAlias(), realm.getName())
                .toString();
    }
}
