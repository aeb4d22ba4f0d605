/**
 * The server as the core sees it: what is proven without knowing of Keycloak's sessions is handed its keys, calls, memory and
 * clock here. No rule is decided in this package.
 */
package dev.socialexchange.keycloak.server;
