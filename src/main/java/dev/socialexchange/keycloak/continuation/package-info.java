/**
 * The link that goes on in a browser, from its offer to the login that it becomes: parameters, store, page, and whether the client may still have
 * it. <i>Interaction</i> is its word on the wire and on the pages alone.
 */
package dev.socialexchange.keycloak.continuation;
