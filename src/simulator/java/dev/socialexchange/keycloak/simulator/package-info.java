/**
 * The social providers as real HTTP servers, for tests, the demo and end-to-end tests of front ends. One process serves
 * all of them: the first path segment, or the Host header behind the CONNECT proxy, names the provider's real host.
 */
package dev.socialexchange.keycloak.simulator;
