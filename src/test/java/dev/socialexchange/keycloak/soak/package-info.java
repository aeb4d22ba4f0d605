/**
 * {@code mvn verify -Psoak}: exchanges of all kinds on one node, for minutes, and whether anything grows that must not: the heap,
 * threads, database connections, rows, single-use objects. The same in short is part of the integration tests ({@code SoakIT}).
 */
package dev.socialexchange.keycloak.soak;
