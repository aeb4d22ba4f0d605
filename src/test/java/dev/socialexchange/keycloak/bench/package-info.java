/**
 * {@code mvn verify -Pbench}: how much an exchange costs, as a share of what Keycloak's own grants reach in the same server, on
 * PostgreSQL: of people who return, of those whom no cache knows, and of those who come first.
 */
package dev.socialexchange.keycloak.bench;
