/**
 * From a proven person to a user of the realm, as a browser login would: who is known, first logins by the realm's own flow, links and
 * their guard, what the realm still wants. Takes proofs as they come: it calls no provider, shows no page, and knows of no door.
 */
package dev.socialexchange.keycloak.login;
