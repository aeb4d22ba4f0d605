package dev.socialexchange.keycloak;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.infinispan.commons.CacheException;
import org.infinispan.commons.api.BasicCache;
import org.jboss.logging.Logger;
import org.keycloak.common.util.SecretGenerator;
import org.keycloak.models.sessions.infinispan.entities.SingleUseObjectValueEntity;

/**
 * In the cache in which Keycloak (26.7) keeps its single-use objects, beside them, but with a value of each claim's own. When a
 * node dies Infinispan repeats what it was about to write there, and takes an equal value for its own first attempt: with
 * Keycloak's one value for all, what had been used was let in again.
 *
 * @param cache of single-use objects, as all nodes share it
 */
record ClusterOnce(BasicCache<String, SingleUseObjectValueEntity> cache) implements Once {
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    @Override
    public Optional<Claim> claim(String key, long lapses, long kept) {
        SingleUseObjectValueEntity own = new SingleUseObjectValueEntity(Map.of(
                "version",
                StoredForms.VERSION,
                "claim",
                SecretGenerator.getInstance().randomString()));
        try {
            return answered(() -> cache.putIfAbsent(key, own, lapses, TimeUnit.SECONDS)) == null
                    ? Optional.of(new Written(key, own, kept))
                    : Optional.empty();
        } catch (ExchangeException unknown) {
            cache.removeAsync(key, own); // it may have been written, and nobody would know of it
            throw unknown;
        }
    }

    @Override
    public boolean contains(String key) {
        return answered(() -> cache.containsKey(key));
    }

    private static <T> T answered(Supplier<T> call) {
        try {
            return call.get();
        } catch (CacheException silent) {
            LOG.warnf(
                    "not done: reason=server_busy while=cluster store cause=%s",
                    silent.getClass().getName());
            throw ExchangeException.busy("cluster_store");
        }
    }

    private final class Written implements Claim {
        private final String key;
        private final SingleUseObjectValueEntity own;
        private final long kept;

        Written(String key, SingleUseObjectValueEntity own, long kept) {
            this.key = key;
            this.own = own;
            this.kept = kept;
        }

        @Override
        public boolean keep() {
            return answered(() -> cache.replace(key, own, own, kept, TimeUnit.SECONDS));
        }

        @Override
        public void release() {
            try {
                answered(() -> cache.remove(key, own));
            } catch (ExchangeException unknown) {
                cache.removeAsync(key, own); // or else it lapses
            }
        }
    }
}
