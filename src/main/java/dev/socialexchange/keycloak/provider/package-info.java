/**
 * What an identity provider is that tokens can be exchanged of: its settings, what was proven about a person, the brokered
 * identity that is made of it, and whether its address is vouched for. No verifier and no provider type enters here.
 */
package dev.socialexchange.keycloak.provider;
