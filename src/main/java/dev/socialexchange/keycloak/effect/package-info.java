/**
 * What comes of what providers say about people: sessions that end, links that are suspended or gone, requests to be forgotten and who decides about
 * them. Takes signals as they were verified and policies as they were set; no request is read here, and no signature is verified.
 */
package dev.socialexchange.keycloak.effect;
