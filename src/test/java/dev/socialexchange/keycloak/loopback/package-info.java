/**
 * Exchanges without a server: the simulated providers over real HTTP, the real engine that calls them, the real types, and
 * everything from the form to the brokered identity. What Keycloak would do with that identity is for the integration tests.
 */
package dev.socialexchange.keycloak.loopback;
