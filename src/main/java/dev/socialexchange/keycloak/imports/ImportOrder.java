package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.provider.ImportMark;

/**
 * What an administrator wants of one request.
 *
 * @param realmId its immutable id
 * @param source names the back end
 * @param job names the run, so that it can be told, and undone
 * @param dryRun only tells what would become of the people
 * @param trustsVerified whether the source's word that an address is verified counts
 * @param verifies only tells how the realm differs from the people
 * @param bringsDeleted whether who was deleted here since an earlier run is made again
 */
record ImportOrder(
        String realmId,
        String source,
        String job,
        boolean dryRun,
        boolean trustsVerified,
        boolean bringsDeleted,
        boolean verifies) {

    /** The id that somebody has here. */
    String userId(String sourceId) {
        return SourceKey.userId(realmId, source, sourceId);
    }

    ImportMark mark() {
        return ImportMark.begun(source, job);
    }
}
