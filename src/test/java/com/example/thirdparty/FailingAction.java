package com.example.thirdparty;

import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** A required action that fails when it is asked whether it is needed, as an attribute of the realm says. */
public final class FailingAction implements RequiredActionProvider {
    public static final String ID = "failing-action";
    public static final String AT_TRIGGERS = "failing-action.at-triggers";

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        Fault.raise(context.getRealm().getAttribute(AT_TRIGGERS), context.getSession());
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        context.success();
    }

    @Override
    public void processAction(RequiredActionContext context) {
        context.success();
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Makes {@link FailingAction}s. */
    public static final class Factory implements RequiredActionFactory {

        @Override
        public String getId() {
            return ID;
        }

        @Override
        public String getDisplayText() {
            return "Failing action";
        }

        @Override
        public RequiredActionProvider create(KeycloakSession session) {
            return new FailingAction();
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
