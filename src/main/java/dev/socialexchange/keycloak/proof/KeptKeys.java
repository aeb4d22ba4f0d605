package dev.socialexchange.keycloak.proof;

import java.util.Optional;
import java.util.function.Predicate;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.crypto.PublicKeysWrapper;

/** One provider's key set, as this node keeps it. Nothing here calls anybody, nor waits for who does. */
public interface KeptKeys {

    /** @param key empty if the key set was loaded less than ten seconds ago and has no such key */
    record Look(Optional<KeyWrapper> key) {}

    /**
     * @param kid {@code null} for any key that fits: then the key set must have been loaded in the last ten seconds
     * @param fits asked of a copy that it may change
     * @return empty if the key set is to be loaded: there is none yet, or a while ago it had no such key
     */
    Optional<Look> look(String kid, String algorithm, Predicate<KeyWrapper> fits);

    /** Without effect where another thread has stored a key set less than ten seconds ago. */
    void store(PublicKeysWrapper keys);
}
