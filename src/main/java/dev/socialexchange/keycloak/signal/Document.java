package dev.socialexchange.keycloak.signal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.descriptor.Pointers;
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

    /**
     * The first text or number that stands at one of these places.
     *
     * @param otherwise what is wrong where there is none
     */
    JsonNode node(Pointers pointers, String otherwise) {
        return pointers.all().stream()
                .map(content::at)
                .filter(found -> found.isTextual() || found.isNumber())
                .filter(found -> !found.asText().isBlank())
                .findFirst()
                .orElseThrow(() -> SignalRefusal.malformed(otherwise));
    }

    /** A record would print it. */
    @Override
    public String toString() {
        return signed.length + " bytes";
    }
}
