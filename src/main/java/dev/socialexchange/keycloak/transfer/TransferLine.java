package dev.socialexchange.keycloak.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.StrictJson;
import dev.socialexchange.keycloak.provider.DatabaseText;
import java.util.Optional;

/**
 * One person of a transfer, by the id that the old team knows.
 *
 * @param transferId that both teams are told during the transfer; {@code null} where {@code newId} is known
 * @param newId that the new team knows; {@code null} where {@code transferId} is known
 */
record TransferLine(String id, String transferId, String newId) {
    /** Empty if it is none: {@code sub}, and either {@code transfer_sub} or {@code new_sub}. */
    static Optional<TransferLine> read(String line) {
        return StrictJson.read(line)
                .filter(JsonNode::isObject)
                .map(object -> new TransferLine(id(object, "sub"), id(object, "transfer_sub"), id(object, "new_sub")))
                .filter(read -> read.id != null && (read.transferId == null) != (read.newId == null));
    }

    private static String id(JsonNode object, String name) {
        String text = object.path(name).textValue();
        return DatabaseText.isName(text) ? text : null;
    }

    /** A record would print the ids. */
    @Override
    public String toString() {
        return newId == null ? "announced" : "moved";
    }
}
