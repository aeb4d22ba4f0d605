package dev.socialexchange.keycloak.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example of {@code docs/providers/own.md}, as printed. */
public final class DocumentedDescriptor {
    public static final String ID = "intranet";
    public static final String ORIGIN = "https://id.intranet.example";

    private static final String BEGIN = "```yaml\n";

    private DocumentedDescriptor() {}

    public static String yaml() {
        try {
            String page = Files.readString(Path.of("docs/providers/own.md"));
            int begin = page.indexOf(BEGIN) + BEGIN.length();
            return page.substring(begin, page.indexOf("```", begin));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
