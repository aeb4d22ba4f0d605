package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/** A jar that is a program of its own. */
public final class ProgramJar {

    private ProgramJar() {}

    /** What its classes name and it does not have, a line each, as {@code jdeps} says it. */
    public static String missing(Path jar) {
        StringWriter found = new StringWriter();

        int exit = ToolProvider.findFirst("jdeps")
                .orElseThrow()
                .run(
                        new PrintWriter(found, true),
                        new PrintWriter(System.err, true),
                        "--multi-release",
                        "17",
                        "--missing-deps",
                        jar.toString());

        assertThat(exit).isZero();
        return found.toString();
    }
}
