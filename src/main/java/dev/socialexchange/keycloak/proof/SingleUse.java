package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.SingleUseObjectProvider;

/** Lets an id token, or signed data, in once across the cluster, until it expires. */
public final class SingleUse {

    private SingleUse() {}

    /** Something that was let in and may be given back. */
    public interface Claim {
        Claim NOTHING = () -> {};

        /** Called when no tokens came of it: the front end may try again with the same token. */
        void release();

        default Claim and(Claim other) {
            return () -> {
                release();
                other.release();
            };
        }
    }

    /** Acts at once and survives the request's rollback, as {@code putIfAbsent} does in Keycloak 26. */
    static Claim claim(ProofContext context, String signed, long lifespanSeconds) {
        KeycloakSession session = context.session();
        String key = context.scoped("token", signed);
        SingleUseObjectProvider store = session.singleUseObjects();
        if (!store.putIfAbsent(key, Math.max(1, lifespanSeconds))) {
            throw ExchangeException.refuse(ExchangeError.TOKEN_REPLAYED);
        }
        return () -> store.remove(key);
    }
}
