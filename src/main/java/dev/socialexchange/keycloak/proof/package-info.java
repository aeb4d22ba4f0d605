/**
 * Whether a token is ours and whose it is: id_tokens, access tokens, codes and signed data; nonces and single use. Knows
 * providers by their contract, and nobody of the realm: users, flows and sessions never enter here. What a proof needs of the
 * server are its {@link dev.socialexchange.keycloak.proof.Surroundings}.
 */
package dev.socialexchange.keycloak.proof;
