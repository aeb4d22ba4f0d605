package dev.socialexchange.keycloak.command;

/** A token that is to be tried, and the place where it is: arguments are seen by every process of a machine. */
record Attempt(String source, TokenKind kind) {}
