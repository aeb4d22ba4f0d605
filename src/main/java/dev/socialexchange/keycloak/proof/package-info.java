/**
 * Whether a token is ours and whose it is: id_tokens, access tokens, codes and signed data; nonces and single use. Knows
 * providers by their contract, and nobody of the realm: users and flows never enter here.
 */
package dev.socialexchange.keycloak.proof;
