/**
 * What all doors for front ends share: parameters, which provider is open for whom, the person who was proven, and the answer, with or without a
 * way on. No door itself, and no tokens of the realm.
 */
package dev.socialexchange.keycloak.door;
