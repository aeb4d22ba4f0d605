/**
 * Fetching what transmitters keep for us instead of sending it (RFC 8936): when, from where, and what they are told of it. What is fetched is verified and
 * done as if it had been sent. Never enters: an address that a message names, or a rule of its own about what a signal means.
 */
package dev.socialexchange.keycloak.poll;
