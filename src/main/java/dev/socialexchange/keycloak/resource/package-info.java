/**
 * The realm resource's doors: linking, nonces, the list of providers, and the pages behind links that people open.
 */
package dev.socialexchange.keycloak.resource;
