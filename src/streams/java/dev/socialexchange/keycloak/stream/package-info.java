/**
 * A program for whoever administers a realm, on a machine of their own: tells Google and other transmitters of shared signals where to say what, so that
 * Keycloak holds no credential for that. It knows nothing of the extension. Never enters: a secret as an argument, or in what is printed.
 */
package dev.socialexchange.keycloak.stream;
