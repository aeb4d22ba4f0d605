package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.provider.ExternalAccount;

/**
 * An account of somebody's at a provider, as the source knows it.
 *
 * @param userName for people to read; {@code null} if there is none
 */
record ImportedAccount(String alias, String userId, String userName) {

    ExternalAccount external() {
        return new ExternalAccount(alias, userId);
    }

    /** A record would print who it is. */
    @Override
    public String toString() {
        return alias;
    }
}
