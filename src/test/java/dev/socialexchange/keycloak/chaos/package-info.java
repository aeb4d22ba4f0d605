/**
 * {@code mvn verify -Pchaos}: two nodes on one PostgreSQL lose, one after the other, what they need, while people sign in, link
 * accounts and go on in browsers. It checks what the contract promises through all of it. The same in short is part of the
 * integration tests ({@code ChaosIT}).
 */
package dev.socialexchange.keycloak.chaos;
