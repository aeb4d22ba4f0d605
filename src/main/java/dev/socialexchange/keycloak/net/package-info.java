/**
 * Calling providers: deadlines, limits, shares, side-by-side calls, and what an answer is. Knows nothing of tokens, people or realms.
 */
package dev.socialexchange.keycloak.net;
