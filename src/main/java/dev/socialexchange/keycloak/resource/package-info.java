/**
 * The realm resource's doors: links, nonces, buttons, and what undoes a link. What they share with the token endpoint is behind them.
 */
package dev.socialexchange.keycloak.resource;
