package dev.socialexchange.keycloak.login;

import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The realm user that a brokered person is, ready for tokens.
 *
 * @param session whose transaction the login is: it commits when the tokens are made, or nothing of it stays
 * @param event of the exchange, in that session
 * @param authSession holds what a user session is made of
 * @param created by this login
 */
public record BrokeredUser(
        KeycloakSession session,
        EventBuilder event,
        UserModel user,
        AuthenticationSessionModel authSession,
        boolean created) {}
