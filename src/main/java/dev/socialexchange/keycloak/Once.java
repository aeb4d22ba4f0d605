package dev.socialexchange.keycloak;

import java.util.Optional;

/**
 * Lets something happen once across the cluster. All of it acts at once, and whatever becomes of the request.
 *
 * <p>Each method throws an {@link ExchangeException}, {@code server_busy}, if what the nodes share does not answer.
 */
public interface Once {

    /**
     * The claim lapses by itself, so that a node that dies with it does not keep everybody else out for long.
     *
     * @param lapses seconds after which it does, unless it is kept
     * @param kept seconds after which it does from the moment that it is kept
     * @return empty if somebody else has it
     */
    Optional<Claim> claim(String key, long lapses, long kept);

    boolean contains(String key);

    /** Something that nobody else has at the same time. */
    interface Claim {
        /**
         * Writes it once more, so that it also outlives the loss of the node that it was first written to.
         *
         * @return false if it has lapsed, and may be somebody else's
         */
        boolean keep();

        /** For others to have it; never throws, and leaves alone what is somebody else's by now. */
        void release();
    }
}
