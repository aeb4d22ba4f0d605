package dev.socialexchange.keycloak.continuation;

/**
 * Where a login that needs the person in a browser returns to: the front end's own authorization request, in short.
 *
 * @param state null if the front end sent none
 * @param nonce for the realm's id token; null if the front end sent none
 * @param codeChallenge S256 (RFC 7636 §4.2)
 */
public record ReturnAddress(String redirectUri, String state, String nonce, String codeChallenge) {}
