package dev.socialexchange.keycloak.server;

import dev.socialexchange.keycloak.proof.KeptKeys;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.PublicKeysWrapper;
import org.keycloak.keys.PublicKeyLoader;
import org.keycloak.keys.PublicKeyStorageProvider;

/**
 * One key set in Keycloak's key storage. The storage (26.7) lets whoever needs a key set that is being loaded wait for it,
 * without a deadline; so nothing is loaded in it, only looked up, and what was loaded elsewhere is put there.
 */
final class StoredKeys implements KeptKeys {
    private static final PublicKeyLoader LOOK = () -> {
        throw new NotStored();
    };
    private static final int ATTEMPTS = 200;
    private static final long BETWEEN_ATTEMPTS_NANOS = 1_000_000;

    private final PublicKeyStorageProvider storage;
    private final String name;

    StoredKeys(PublicKeyStorageProvider storage, String name) {
        this.storage = storage;
        this.name = name;
    }

    @Override
    public Optional<Look> look(String kid, String algorithm, Predicate<KeyWrapper> fits) {
        try {
            Optional<KeyWrapper> named = Optional.ofNullable(storage.getPublicKey(name, kid, algorithm, LOOK));
            return Optional.of(new Look(
                    kid != null
                            ? named
                            : Optional.ofNullable(
                                    storage.getFirstPublicKey(name, key -> fits.test(key.cloneKey()), LOOK))));
        } catch (RuntimeException wrapped) {
            requireNotStored(wrapped);
            return Optional.empty();
        }
    }

    @Override
    public void store(PublicKeysWrapper keys) {
        for (int attempt = 0; attempt < ATTEMPTS && !stored(keys); attempt++) {
            LockSupport.parkNanos(BETWEEN_ATTEMPTS_NANOS);
        }
    }

    /** False while others look: the storage takes this for one of their looks, and answers as to them. */
    private boolean stored(PublicKeysWrapper keys) {
        try {
            storage.reloadKeys(name, () -> keys);
            return true;
        } catch (RuntimeException wrapped) {
            requireNotStored(wrapped);
            return false;
        }
    }

    /** Keycloak wraps what a loader throws, and hands it to every thread that waits for the same load. */
    private static void requireNotStored(RuntimeException wrapped) {
        for (Throwable cause = wrapped; cause != null; cause = cause.getCause()) {
            if (cause instanceof NotStored) {
                return;
            }
        }
        throw wrapped;
    }

    private static final class NotStored extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotStored() {
            super(null, null, false, false);
        }
    }
}
