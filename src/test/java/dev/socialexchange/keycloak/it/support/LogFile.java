package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A container's output, in the file where the distribution's would be. */
record LogFile(Path path) {

    LogFile {
        try {
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + path, e);
        }
    }

    /** Null ends the output. */
    void append(byte[] output) {
        if (output == null) {
            return;
        }
        try {
            Files.write(path, output, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + path, e);
        }
    }
}
