package dev.socialexchange.keycloak.imports;

/**
 * Something about somebody who is brought that the administrator should know.
 *
 * @param about a provider or an attribute; {@code null} for the person as a whole
 */
record Found(String code, String about) {}
