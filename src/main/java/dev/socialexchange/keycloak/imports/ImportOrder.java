package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.provider.ImportMark;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What an administrator wants of one request.
 *
 * @param realmId its immutable id
 * @param source names the back end
 * @param job names the run, so that it can be told, and undone
 * @param dryRun only tells what would become of the people
 * @param trustsVerified whether the source's word that an address is verified counts
 * @param keepsIds whether who has a UUID at the source has it here
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
        boolean keepsIds,
        boolean verifies) {
    /** In RFC 9562's form, of any version but the one that {@link SourceKey} makes: no source can say one of those. */
    private static final Pattern UUID = Pattern.compile(
            "[0-9a-f]{8}-[0-9a-f]{4}-[1-79][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", Pattern.CASE_INSENSITIVE);

    /** The id that somebody has here. */
    String userId(String sourceId) {
        return keepsIds && UUID.matcher(sourceId).matches()
                ? sourceId.toLowerCase(Locale.ROOT)
                : SourceKey.userId(realmId, source, sourceId);
    }

    ImportMark mark() {
        return ImportMark.begun(source, job);
    }
}
