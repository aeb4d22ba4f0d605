package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;

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

    /** For good, whatever becomes of the request, unless it is released. */
    static Claim claim(ProofContext context, String signed, long lifespanSeconds) {
        String key = context.scoped("token", signed);
        Once once = context.surroundings().once();
        if (!once.putIfAbsent(key, Math.max(1, lifespanSeconds))) {
            throw ExchangeException.refuse(ExchangeError.TOKEN_REPLAYED);
        }
        return () -> once.remove(key);
    }
}
