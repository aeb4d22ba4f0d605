/**
 * The realm resource's doors: links, nonces, buttons, what undoes a link, and the files of the doctor's page, which knows the doctor as a
 * browser does: by its admin API. What they share with the token endpoint is behind them.
 */
package dev.socialexchange.keycloak.resource;
