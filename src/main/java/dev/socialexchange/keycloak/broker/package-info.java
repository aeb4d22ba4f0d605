/**
 * From a proven person to a user: known ones, first logins by the realm's own flow, links and their guard, what the realm still
 * wants, and the way on in a browser. Takes proofs as they come, and calls no provider.
 */
package dev.socialexchange.keycloak.broker;
