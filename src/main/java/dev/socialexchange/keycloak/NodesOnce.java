package dev.socialexchange.keycloak;

import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.connections.infinispan.InfinispanConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;
import org.keycloak.models.sessions.infinispan.InfinispanSingleUseObjectProvider;

/**
 * What the nodes of this cluster do once, in whatever place Keycloak keeps single-use objects. Of its store's methods those are
 * used that act at once and survive the request's rollback (26.7).
 */
public final class NodesOnce {
    private static final Once.Claim NOTHING_CLAIMED = new Once.Claim() {
        @Override
        public boolean keep() {
            return true;
        }

        @Override
        public void release() {
            // nothing was claimed
        }
    };

    private NodesOnce() {}

    public static Once of(KeycloakSession session) {
        SingleUseObjectProvider store = session.singleUseObjects();
        Once once = store instanceof InfinispanSingleUseObjectProvider
                ? new ClusterOnce(session.getProvider(InfinispanConnectionProvider.class)
                        .getCache(InfinispanConnectionProvider.ACTION_TOKEN_CACHE))
                : new Stored(store);
        return Rehearsal.is(session) ? new Looked(once) : once;
    }

    /** Whether it could be done, without doing it. */
    private record Looked(Once once) implements Once {

        @Override
        public Optional<Claim> claim(String key, long lapses, long kept) {
            return once.contains(key) ? Optional.empty() : Optional.of(NOTHING_CLAIMED);
        }

        @Override
        public boolean contains(String key) {
            return once.contains(key);
        }
    }

    /** Outside the nodes: in a database, or an Infinispan of its own, which do not die with a node. */
    private record Stored(SingleUseObjectProvider store) implements Once {

        @Override
        public Optional<Claim> claim(String key, long lapses, long kept) {
            // what is there cannot be written again under a condition: it stays for as long as it ever may
            return answered(() -> store.putIfAbsent(key, Math.max(lapses, kept)))
                    ? Optional.of(new Written(store, key))
                    : Optional.empty();
        }

        @Override
        public boolean contains(String key) {
            return answered(() -> store.contains(key));
        }
    }

    private record Written(SingleUseObjectProvider store, String key) implements Once.Claim {

        @Override
        public boolean keep() {
            return answered(() -> store.contains(key));
        }

        @Override
        public void release() {
            ForeignCode.aside("giving back a claim", () -> store.remove(key));
        }
    }

    private static <T> T answered(Supplier<T> call) {
        return ForeignCode.alone("single-use objects", call);
    }
}
