package dev.socialexchange.keycloak.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads what must not be an argument: a file, or standard input. */
record SecretInput(InputStream standardInput) {
    static final String STANDARD_INPUT = "-";

    /** Far above what an exchange takes; for the case that the file is another one. */
    private static final int LONGEST = 100_000;

    /** @throws CommandFailure if there is nothing to be read */
    String read(String source) {
        try (InputStream input = open(source)) {
            byte[] read = input.readNBytes(LONGEST + 1);
            String text = new String(read, StandardCharsets.UTF_8).strip();
            if (text.isEmpty()) {
                throw CommandFailure.usage("There is nothing in " + name(source));
            }
            if (read.length > LONGEST) {
                throw CommandFailure.usage("What is in " + name(source) + " is too long for a token");
            }
            return text;
        } catch (IOException | InvalidPathException unreadable) {
            throw CommandFailure.usage("Cannot read " + name(source) + ": is the path right, and may you read it?"
                    + " A token itself is no argument, since others see these");
        }
    }

    private InputStream open(String source) throws IOException {
        return source.equals(STANDARD_INPUT) ? standardInput : Files.newInputStream(Path.of(source));
    }

    private static String name(String source) {
        // the argument is not repeated: it may be a token in the place of a file
        return source.equals(STANDARD_INPUT) ? "standard input" : "a file that --try or --param names";
    }
}
