package dev.socialexchange.keycloak.stream;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** What a transmitter tells one receiver. Everything is empty in a dry run, where requests are printed only. */
interface EventStream {

    /** @return what there is now, in the transmitter's words */
    Optional<JsonNode> create();

    Optional<JsonNode> update();

    Optional<JsonNode> read();

    /** {@code enabled}, {@code paused} or {@code disabled}; empty if the transmitter does not say it. */
    Optional<String> status();

    /** @param state comes back in the signal that follows */
    void verify(String state);

    /** @param enabled whether anything is told */
    void enable(boolean enabled);

    void delete();
}
