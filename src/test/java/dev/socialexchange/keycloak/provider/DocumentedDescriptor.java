package dev.socialexchange.keycloak.provider;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The example of {@code docs/providers/own.md}, as printed, and the file that stands beside it. */
public final class DocumentedDescriptor {
    public static final String ID = "intranet";
    public static final String ORIGIN = "https://id.intranet.example";

    public static final String NAVER = "naver-openid";

    private static final Path FOLDER = Path.of("docs/providers");
    private static final String BEGIN = "```yaml\n";

    private DocumentedDescriptor() {}

    public static String yaml() {
        String page = read("own.md");
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        return page.substring(begin, page.indexOf("```", begin));
    }

    public static String naver() {
        return read(NAVER + ".yaml");
    }

    private static String read(String file) {
        try {
            return Files.readString(FOLDER.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
