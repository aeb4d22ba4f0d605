/**
 * The token endpoint's door: the request of RFC 8693, what its client may ask for, and the realm's tokens.
 */
package dev.socialexchange.keycloak.exchange;
