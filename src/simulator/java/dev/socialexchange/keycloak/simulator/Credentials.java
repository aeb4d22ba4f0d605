package dev.socialexchange.keycloak.simulator;

/** What a client authenticates with; the secret is null if it sent none. */
record Credentials(String clientId, String secret) {}
