/**
 * The set-ups of {@code examples/}: what they say without a server, and what comes of them with one.
 */
package dev.socialexchange.keycloak.examples;
