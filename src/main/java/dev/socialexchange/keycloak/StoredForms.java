package dev.socialexchange.keycloak;

import java.util.Map;
import org.keycloak.compatibility.CompatibilityMetadataProvider;

/**
 * Tells Keycloak whether nodes with two versions of this extension may share a cluster for a time: they may where what one of
 * them leaves for the other has the same form. Anything else takes a restart of all nodes at once.
 */
public final class StoredForms implements CompatibilityMetadataProvider {
    /** Of what is kept for all nodes: claims and continuations. It goes up with the first change that an older node misreads. */
    public static final String VERSION = "1";

    private static final String ID = "social-exchange";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public Map<String, String> metadata() {
        return Map.of("stored-forms", VERSION);
    }
}
