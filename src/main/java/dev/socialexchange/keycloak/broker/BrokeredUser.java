package dev.socialexchange.keycloak.broker;

import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The realm user that a brokered person is, ready for tokens.
 *
 * @param authSession holds what a user session is made of
 * @param created by this login
 */
public record BrokeredUser(UserModel user, AuthenticationSessionModel authSession, boolean created) {}
