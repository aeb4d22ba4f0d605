package dev.socialexchange.keycloak.step;

import org.keycloak.Config;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.KeycloakSessionFactory;

/** What the factories of our steps have in common. The console (26.7) shows the names and help texts as they are. */
abstract class StepFactory implements AuthenticatorFactory {
    private final String id;
    private final String displayType;
    private final String helpText;

    StepFactory(String id, String displayType, String helpText) {
        this.id = id;
        this.displayType = displayType;
        this.helpText = helpText;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final String getDisplayType() {
        return displayType;
    }

    @Override
    public final String getHelpText() {
        return helpText;
    }

    @Override
    public final String getReferenceCategory() {
        return null;
    }

    @Override
    public final boolean isConfigurable() {
        return true;
    }

    @Override
    public final boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public final void init(Config.Scope config) {
        // configured per flow
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // nothing to wait for
    }

    @Override
    public final void close() {
        // holds nothing
    }
}
