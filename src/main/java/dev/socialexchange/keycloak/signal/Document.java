package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is verified, for the places of the descriptor.
 *
 * @param content as {@code SignalPlaces} has it
 * @param signed all of what is signed
 * @param issuers who may know the subject; empty where nobody says
 * @param told when it was signed, where that is part of the form
 */
record Document(ObjectNode content, byte[] signed, Set<String> issuers, Optional<Instant> told) {

    Document(ObjectNode content, byte[] signed) {
        this(content, signed, Set.of(), Optional.empty());
    }

    /** A record would print it. */
    @Override
    public String toString() {
        return signed.length + " bytes";
    }
}
