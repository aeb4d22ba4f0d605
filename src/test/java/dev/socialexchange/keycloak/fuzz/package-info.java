/**
 * {@code mvn verify -Pfuzz}: thousands of requests that nobody sends on purpose, against a real server, each judged by what the
 * contract promises for every answer. The same in short is part of the integration tests ({@code FuzzIT}).
 */
package dev.socialexchange.keycloak.fuzz;
