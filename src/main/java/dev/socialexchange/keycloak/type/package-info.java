/**
 * The identity providers themselves: Keycloak's own types with token exchange, the catalogue of described ones, and those that an
 * admin or an operator describes. Nothing but Keycloak's service loader names them; whoever needs one knows its contract.
 */
package dev.socialexchange.keycloak.type;
