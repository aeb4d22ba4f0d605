package com.example.thirdparty;

import org.jboss.logging.Logger;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Somebody else's authenticator: it would send a text message, and says so in the log. */
public final class MessageStep implements Authenticator {

    public static final String SENT = "text message sent";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        Logger.getLogger(MessageStep.class).info(SENT);
        context.success();
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        context.success();
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
}
