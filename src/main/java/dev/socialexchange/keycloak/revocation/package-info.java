/**
 * What is left at a provider when somebody goes: the tokens that were stored with a link are taken back once the link, or the user, is gone.
 * Learns of it from Keycloak's own events, after the commit, and changes nothing in the realm.
 */
package dev.socialexchange.keycloak.revocation;
