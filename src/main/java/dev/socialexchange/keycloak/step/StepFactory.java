package dev.socialexchange.keycloak.step;

import dev.socialexchange.keycloak.PlainFactory;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;

/** What the factories of our steps have in common. The console (26.7) shows the names and help texts as they are. */
abstract class StepFactory implements AuthenticatorFactory, PlainFactory<Authenticator> {
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
}
