package com.example.thirdparty;

import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.provider.ProviderConfigProperty;

/** A step of a flow that fails in the way that its setting names, and succeeds without one. */
public final class FailingStep implements Authenticator {
    public static final String ID = "failing-step";
    public static final String FAULT = "fault";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        AuthenticatorConfigModel config = context.getAuthenticatorConfig();
        Map<String, String> settings = config == null ? Map.of() : config.getConfig();
        Fault.raise(settings.get(FAULT), context.getSession());
        context.success();
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        authenticate(context);
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // needs none
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Makes {@link FailingStep}s. */
    public static final class Factory implements AuthenticatorFactory {

        @Override
        public String getId() {
            return ID;
        }

        @Override
        public Authenticator create(KeycloakSession session) {
            return new FailingStep();
        }

        @Override
        public String getDisplayType() {
            return "Failing step";
        }

        @Override
        public String getReferenceCategory() {
            return null;
        }

        @Override
        public boolean isConfigurable() {
            return true;
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
            return "Fails";
        }

        @Override
        public List<ProviderConfigProperty> getConfigProperties() {
            return List.of(
                    new ProviderConfigProperty(FAULT, FAULT, "How it fails", ProviderConfigProperty.STRING_TYPE, null));
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
    }
}
