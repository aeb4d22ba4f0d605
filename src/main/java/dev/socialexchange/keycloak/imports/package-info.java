/**
 * Brings people of another back end into a realm, each with the accounts of providers that they sign in with: lines, what becomes of each, and the address of
 * the admin API. Never enters: another back end's own form, a merge of two accounts, a role, a right.
 */
package dev.socialexchange.keycloak.imports;
