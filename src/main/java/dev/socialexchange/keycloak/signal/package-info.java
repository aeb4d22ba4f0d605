/**
 * What providers say about people by themselves: whether it is theirs, for us, and of now, and what it means. Plain Java on the descriptor's data,
 * tested in milliseconds: nobody of the realm is looked up here, and nothing is done about it.
 */
package dev.socialexchange.keycloak.signal;
