/**
 * The language in which a provider is described: its records, its reader with the rules that a schema cannot say, pointers into
 * answers and templates of calls. Plain data and plain Java: no session, no realm, no settings of a realm enter here.
 */
package dev.socialexchange.keycloak.descriptor;
