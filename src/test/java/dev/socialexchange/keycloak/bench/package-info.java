/**
 * {@code mvn verify -Pbench}: how much a returning user's exchange costs, as a share of what Keycloak's own grants reach in
 * the same server, on PostgreSQL.
 */
package dev.socialexchange.keycloak.bench;
