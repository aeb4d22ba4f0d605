/**
 * What an operator sees: meters on Keycloak's {@code /metrics}, and spans in its traces. Whoever has something to count says so here; nothing
 * is decided by it. Knows of tokens, people and providers only the words that stand in a label, and no label holds what a request has said.
 */
package dev.socialexchange.keycloak.telemetry;
