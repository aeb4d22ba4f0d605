/**
 * What a realm's administrators look with: what an exchange would do and why, and whether a provider is set up rightly. Knows all
 * other rooms, and none of them knows it: what it wants to see of them they tell to a {@link
 * dev.socialexchange.keycloak.Journal}. Never enters: a way to get a token, to change anything, or to read a secret.
 */
package dev.socialexchange.keycloak.doctor;
