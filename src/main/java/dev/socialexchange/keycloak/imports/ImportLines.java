package dev.socialexchange.keycloak.imports;

import jakarta.ws.rs.BadRequestException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The lines of a request's body. */
final class ImportLines {
    private static final int MAX_LINES = 1_000;
    private static final int MAX_LINE = 64 * 1024;

    private ImportLines() {}

    /** @throws BadRequestException if there are too many, one is too long, or the body breaks off */
    static List<String> read(InputStream body) {
        List<String> lines = new ArrayList<>();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (lines.size() == MAX_LINES || line.length() > MAX_LINE) {
                    throw new BadRequestException("At most " + MAX_LINES + " lines of " + MAX_LINE + " characters");
                }
                lines.add(line);
            }
        } catch (IOException brokenOff) {
            throw new BadRequestException("The body breaks off");
        }
        return lines;
    }
}
