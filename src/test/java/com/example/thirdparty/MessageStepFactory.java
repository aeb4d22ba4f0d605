package com.example.thirdparty;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/** Makes {@link MessageStep}s. */
public class MessageStepFactory implements AuthenticatorFactory {

    @Override
    public String getId() {
        return "message-step";
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return new MessageStep();
    }

    @Override
    public String getDisplayType() {
        return "Message";
    }

    @Override
    public String getReferenceCategory() {
        return "message";
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public AuthenticationExecutionModel.Requirement[] getRequirementChoices() {
        return REQUIREMENT_CHOICES;
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public String getHelpText() {
        return "Sends a text message";
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public void init(Config.Scope config) {
        // has no settings
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // needs nothing else
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** The same step under an id that the server's administrator has named as harmless. */
    public static final class Named extends MessageStepFactory {

        @Override
        public String getId() {
            return "named-message-step";
        }
    }
}
