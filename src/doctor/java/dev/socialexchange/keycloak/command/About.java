package dev.socialexchange.keycloak.command;

/**
 * What runs on the server.
 *
 * @param version of the extension
 * @param keycloak the server's version
 */
record About(String version, String keycloak) {}
