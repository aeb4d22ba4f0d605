package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.PlainFactory;
import java.util.concurrent.TimeUnit;
import org.keycloak.models.KeycloakSession;

/** Owns what a node spends on hashes of other back ends: a quarter of its heap, since the rest is others', and no more than the dearest one takes. */
public final class HashCapacityFactory implements PlainFactory<HashCapacity> {
    static final int MOST_KILOBYTES = 256 * 1024;
    private static final int PART_OF_HEAP = 4;

    /** As long as for an account that somebody else is linking. */
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final HashCapacity capacity = new HashCapacity(
            kilobytes(Runtime.getRuntime().maxMemory()), Runtime.getRuntime().availableProcessors(), PATIENCE_NANOS);

    /** @param heap its limit, in bytes */
    static int kilobytes(long heap) {
        return (int) Math.max(1, Math.min(MOST_KILOBYTES, heap / (PART_OF_HEAP * 1024)));
    }

    @Override
    public HashCapacity create(KeycloakSession session) {
        return capacity;
    }

    @Override
    public String getId() {
        return "default";
    }
}
