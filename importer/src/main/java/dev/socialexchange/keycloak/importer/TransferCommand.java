package dev.socialexchange.keycloak.importer;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * {@code announce} for the old team of an app transfer and {@code move} for the new one: who stays away from the app during the transfer keeps their account. Secrets stand
 * in the environment. Broken off, it is begun again, and goes on.
 */
public final class TransferCommand {
    private static final int USAGE = 2;
    private static final int FAILED = 1;
    private static final int ANNOUNCE_ARGUMENTS = 7;
    private static final int MOVE_ARGUMENTS = 6;
    private static final long PAUSE_MILLIS = 1_000;
    private static final String CLIENT_SECRET = "TRANSFER_CLIENT_SECRET";
    private static final String APPLE_URL = "APPLE_URL";
    private static final List<String> APPLE =
            List.of("APPLE_CLIENT_ID", "APPLE_TEAM_ID", "APPLE_KEY_ID", "APPLE_KEY_FILE");

    private final PrintStream out;
    private final PrintStream err;
    private final UnaryOperator<String> environment;
    private final long pauseMillis;

    TransferCommand(PrintStream out, PrintStream err, UnaryOperator<String> environment, long pauseMillis) {
        this.out = out;
        this.err = err;
        this.environment = environment;
        this.pauseMillis = pauseMillis;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new BufferedOutputStream(System.out), false, StandardCharsets.UTF_8);
        int exit = new TransferCommand(out, System.err, System::getenv, PAUSE_MILLIS).run(arguments);
        out.flush();
        System.exit(exit);
    }

    /** @return the exit code */
    int run(String... arguments) {
        boolean announces = arguments.length == ANNOUNCE_ARGUMENTS && arguments[0].equals("announce");
        boolean moves = arguments.length == MOVE_ARGUMENTS && arguments[0].equals("move");
        if (!announces && !moves
                || APPLE.stream().map(environment).anyMatch(Objects::isNull)
                || environment.apply(CLIENT_SECRET) == null) {
            err.println("announce SERVER REALM CLIENT ALIAS FILE RECIPIENT_TEAM   with the old team's key");
            err.println("move SERVER REALM CLIENT ALIAS FILE                      with the new team's key");
            err.println("in the environment: " + CLIENT_SECRET + ", " + String.join(", ", APPLE));
            return USAGE;
        }
        Optional<String> server = HttpsAddress.of(arguments[1]);
        Optional<String> apple = HttpsAddress.of(apple());
        if (server.isEmpty() || apple.isEmpty()) {
            err.println((server.isEmpty() ? "SERVER" : APPLE_URL) + HttpsAddress.WANTED);
            return USAGE;
        }
        TransferRealm realm = new TransferRealm(
                new RealmClient(
                        server.get(), arguments[2], arguments[3], environment.apply(CLIENT_SECRET), pauseMillis),
                arguments[4]);
        try (TransferFile file = new TransferFile(Path.of(arguments[5]))) {
            Transfer transfer = new Transfer(realm, team(apple.get()), file, out, err);
            if (announces) {
                transfer.announce(arguments[6]);
            } else {
                transfer.move();
            }
            return 0;
        } catch (IOException failed) {
            err.println("broken off, begin again: " + failed.getMessage());
            return FAILED;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private String apple() {
        String elsewhere = environment.apply(APPLE_URL); // a simulator
        return elsewhere == null ? AppleTeam.APPLE : elsewhere;
    }

    private AppleTeam team(String url) throws IOException {
        String key = Files.readString(Path.of(environment.apply("APPLE_KEY_FILE")));
        return new AppleTeam(
                url,
                new AppleTeam.Team(
                        environment.apply("APPLE_CLIENT_ID"),
                        environment.apply("APPLE_TEAM_ID"),
                        environment.apply("APPLE_KEY_ID"),
                        key),
                pauseMillis);
    }
}
