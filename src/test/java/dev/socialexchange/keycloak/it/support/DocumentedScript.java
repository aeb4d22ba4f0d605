package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** What administrators are told to run, as it is printed. */
public final class DocumentedScript {
    private static final Pattern BASH = Pattern.compile("^```bash\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

    private DocumentedScript() {}

    /** The scripts of a page, in its order. */
    public static List<String> of(String page) {
        try {
            return BASH.matcher(Files.readString(Workspace.basedir().resolve(page)))
                    .results()
                    .map((MatchResult script) -> script.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
