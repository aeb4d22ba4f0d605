package dev.socialexchange.keycloak.server;

import dev.socialexchange.keycloak.proof.Once;
import org.keycloak.models.SingleUseObjectProvider;

/** Of Keycloak's single-use objects those methods that act at once and survive the request's rollback (26.7). */
record SingleUseObjects(SingleUseObjectProvider store) implements Once {

    @Override
    public boolean putIfAbsent(String key, long lifespanSeconds) {
        return store.putIfAbsent(key, lifespanSeconds);
    }

    @Override
    public boolean contains(String key) {
        return store.contains(key);
    }

    @Override
    public void remove(String key) {
        store.remove(key);
    }
}
