package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.provider.ExternalAccount;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A line of an import: one person as the source knows them.
 *
 * @param accounts by which they sign in
 * @param lost how many accounts the source could not tell
 * @param password its hash, as the source has stored it
 * @param left why nobody is made of it, if nobody is
 * @param attributes by name; which of them the realm has is not known here
 */
record ImportedPerson(
        String sourceId,
        Optional<String> username,
        Optional<String> email,
        boolean emailVerified,
        Optional<String> firstName,
        Optional<String> lastName,
        Optional<String> locale,
        boolean disabled,
        boolean privileged,
        Optional<Instant> createdAt,
        List<ImportedAccount> accounts,
        int lost,
        Optional<String> password,
        Optional<String> left,
        Map<String, List<String>> attributes) {

    /** @throws UnreadableLine if it is no such line */
    static ImportedPerson read(String line) throws UnreadableLine {
        return PersonLine.parse(line).person();
    }

    List<ExternalAccount> externalAccounts() {
        return accounts.stream().map(ImportedAccount::external).toList();
    }

    /** A record would print who it is. */
    @Override
    public String toString() {
        return sourceId;
    }
}
