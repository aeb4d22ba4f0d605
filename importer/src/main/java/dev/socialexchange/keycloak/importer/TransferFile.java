package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The table of a transfer as a file, which grows line by line and is what a run that was broken off goes on from: {@code sub} with {@code transfer_sub},
 * and later {@code sub} with {@code new_sub}.
 */
final class TransferFile implements AutoCloseable {
    private final Map<String, String> transferIds = new LinkedHashMap<>();
    private final Map<String, String> newIds = new LinkedHashMap<>();
    private final BufferedWriter writer;

    TransferFile(Path file) throws IOException {
        if (Files.exists(file)) {
            try (BufferedReader reader = Files.newBufferedReader(file)) {
                for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                    read(Json.lenient(line).orElseGet(MissingNode::getInstance)); // the last one may be half a line
                }
            }
        }
        writer = Files.newBufferedWriter(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        writer.newLine();
    }

    private void read(JsonNode line) {
        String sub = line.path("sub").textValue();
        if (sub != null && line.path("transfer_sub").isTextual()) {
            transferIds.put(sub, line.path("transfer_sub").textValue());
        }
        if (sub != null && line.path("new_sub").isTextual()) {
            newIds.put(sub, line.path("new_sub").textValue());
        }
    }

    /** By the old id. */
    Map<String, String> transferIds() {
        return transferIds;
    }

    /** By the old id. */
    Map<String, String> newIds() {
        return newIds;
    }

    void announced(String sub, String transferId) throws IOException {
        transferIds.put(sub, transferId);
        append(announcement(sub, transferId));
    }

    void moved(String sub, String newId) throws IOException {
        newIds.put(sub, newId);
        append(move(sub, newId));
    }

    /** A line of the realm's. */
    static String announcement(String sub, String transferId) {
        return object(sub).put("transfer_sub", transferId).toString();
    }

    /** A line of the realm's. */
    static String move(String sub, String newId) {
        return object(sub).put("new_sub", newId).toString();
    }

    private static ObjectNode object(String sub) {
        return Json.MAPPER.createObjectNode().put("sub", sub);
    }

    private void append(String line) throws IOException {
        writer.write(line);
        writer.newLine();
        writer.flush();
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}
