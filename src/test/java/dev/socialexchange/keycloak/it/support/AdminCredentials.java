package dev.socialexchange.keycloak.it.support;

/** The bootstrap administrator of a server that lives for one run and listens on this machine only. */
public record AdminCredentials(String username, String password) {}
