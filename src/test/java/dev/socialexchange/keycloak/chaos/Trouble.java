package dev.socialexchange.keycloak.chaos;

/** What somebody may meet while something is wrong, and at no other time. */
enum Trouble {
    /** No answer at all, as of a node that is not there any more. */
    LOST,
    /** {@code server_busy}. */
    BUSY,
    /** {@code provider_unavailable}, of those logins that need the provider. */
    PROVIDER,
    /** Keycloak itself fails, before it has asked us or where it is not ours to answer. */
    KEYCLOAK
}
