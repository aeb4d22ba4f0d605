/**
 * {@code mvn verify -Pdemo}: Keycloak, the simulated providers, a transcript of real exchanges and a small front end to
 * try them by hand.
 */
package dev.socialexchange.keycloak.demo;
