package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Once;

/** Lets an id token, or signed data, in once across the cluster, until it expires. */
public final class SingleUse {
    /** Longer than any login, so that a node that dies within one does not use up what it was about. */
    private static final int LAPSES_SECONDS = 60;

    private SingleUse() {}

    /** Something that was let in and may be given back. */
    public interface Claim {
        Claim NOTHING = new Claim() {
            @Override
            public void keep() {
                // nothing is
            }

            @Override
            public void release() {
                // nothing is
            }
        };

        /**
         * Called when tokens are about to come of it, as often as they are: until then it lapses by itself.
         *
         * @throws ExchangeException if it has, or if nobody can tell
         */
        void keep();

        /** Called when no tokens came of it: the front end may try again with the same token. */
        void release();

        default Claim and(Claim other) {
            Claim first = this;
            return new Claim() {
                @Override
                public void keep() {
                    first.keep();
                    other.keep();
                }

                @Override
                public void release() {
                    first.release();
                    other.release();
                }
            };
        }
    }

    private record Claimed(Once.Claim claim) implements Claim {

        @Override
        public void keep() {
            if (!claim.keep()) {
                throw ExchangeException.busy("claim_lapsed");
            }
        }

        @Override
        public void release() {
            claim.release();
        }
    }

    static Claim claim(ProofContext context, String signed, long lifespanSeconds) {
        return claim(
                context.surroundings(),
                "token",
                context.scoped("token", signed),
                lifespanSeconds,
                ExchangeException.refuse(ExchangeError.TOKEN_REPLAYED));
    }

    /**
     * @param what is claimed, for operators
     * @param used what is said where somebody else has it
     */
    static Claim claim(
            Surroundings surroundings, String what, String key, long lifespanSeconds, ExchangeException used) {
        return surroundings
                .once()
                .claim(key, LAPSES_SECONDS, Math.max(1, lifespanSeconds))
                .map(Claimed::new)
                .orElseThrow(() -> {
                    surroundings.recorder().usedBefore(what);
                    return used;
                });
    }
}
