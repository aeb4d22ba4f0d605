package dev.socialexchange.keycloak.importer;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * {@code translate SOURCE EXPORT [NAME=ALIAS …]} writes lines for the server's import, and what was lost; {@link RealmCommand} brings them to a
 * realm.
 */
public final class ImportCommand {
    private static final int USAGE = 2;
    private static final int FAILED = 1;
    private static final long PAUSE_MILLIS = 1_000;

    private final PrintStream out;
    private final PrintStream err;
    private final UnaryOperator<String> secrets;
    private final long pauseMillis;

    /**
     * @param secrets the environment
     * @param pauseMillis before a realm is asked again
     */
    ImportCommand(PrintStream out, PrintStream err, UnaryOperator<String> secrets, long pauseMillis) {
        this.out = out;
        this.err = err;
        this.secrets = secrets;
        this.pauseMillis = pauseMillis;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
        int exit = new ImportCommand(out, System.err, System::getenv, PAUSE_MILLIS).run(arguments);
        out.flush();
        System.exit(exit);
    }

    /** @return the exit code */
    int run(String... arguments) {
        return arguments.length > 0 && RealmCommand.knows(arguments[0])
                ? new RealmCommand(out, err, secrets.apply(RealmCommand.secretsName()), pauseMillis)
                        .run(arguments[0], List.of(arguments).subList(1, arguments.length))
                : translate(arguments);
    }

    private int translate(String... arguments) {
        Optional<Source> source = arguments.length < 3 || !arguments[0].equals("translate")
                ? Optional.empty()
                : Source.all().stream()
                        .filter(one -> one.name().equals(arguments[1]))
                        .findFirst();
        if (source.isEmpty()) {
            err.println("translate SOURCE EXPORT [NAME=ALIAS ...] [/PLACE=ATTRIBUTE ...]");
            err.println(RealmCommand.USAGE);
            err.println("SOURCE: " + Source.all().stream().map(Source::name).collect(Collectors.joining(", ")));
            return USAGE;
        }
        Map<String, String> aliases = new LinkedHashMap<>();
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int index = 3; index < arguments.length; index++) {
            String[] pair = arguments[index].split("=", 2);
            if (pair.length != 2 || pair[0].isBlank() || pair[1].isBlank()) {
                err.println("neither NAME=ALIAS nor /PLACE=ATTRIBUTE: " + arguments[index]);
                return USAGE;
            }
            (pair[0].startsWith("/") ? attributes : aliases).put(pair[0], pair[1]);
        }
        return translate(source.get(), Path.of(arguments[2]), aliases, new AttributeMapping(attributes));
    }

    private int translate(Source source, Path export, Map<String, String> aliases, AttributeMapping attributes) {
        Losses losses = new Losses();
        try (InputStream file = new BufferedInputStream(Files.newInputStream(export))) {
            source.read(file, aliases, (user, person) -> {
                attributes.addTo(user, person);
                losses.see(person);
                out.println(person.json());
            });
        } catch (IOException | UncheckedIOException unreadable) {
            out.flush();
            err.println("cannot be read as an export of " + source.name() + ": "
                    + unreadable.getClass().getSimpleName());
            return FAILED;
        }
        losses.print(err);
        return 0;
    }
}
