package dev.socialexchange.keycloak.importer;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the program does with a realm: {@code send} and {@code verify LINES SERVER REALM CLIENT SOURCE}, {@code undo SERVER REALM CLIENT SOURCE}, with options. Nothing is changed there
 * without {@code --for-real}.
 */
final class RealmCommand {
    static final String USAGE =
            """
            send LINES SERVER REALM CLIENT SOURCE [--for-real] [--trust-verified] [--bring-deleted] [--keep-ids] [--job=NAME] [--lanes=N] [--lines=N]
            verify LINES SERVER REALM CLIENT SOURCE [--keep-ids]
            undo SERVER REALM CLIENT SOURCE [--for-real] [--job=NAME]""";

    private static final int WRONG = 2;
    private static final int FAILED = 1;
    /** Done, and something is not as it should be. */
    private static final int DIFFERS = 3;

    private static final String SECRET = "IMPORT_CLIENT_SECRET";
    private static final int USUAL_LANES = 2;
    private static final int MAX_LANES = 16;
    private static final int USUAL_LINES = 500;
    private static final int MAX_LINES = 1_000;

    private static final Map<String, Set<String>> OPTIONS = Map.of(
            "send",
                    Set.of(
                            "--for-real",
                            "--trust-verified",
                            "--bring-deleted",
                            "--keep-ids",
                            "--job",
                            "--lanes",
                            "--lines"),
            "verify", Set.of("--keep-ids", "--lanes", "--lines"),
            "undo", Set.of("--for-real", "--job"));

    private final PrintStream out;
    private final PrintStream err;
    private final String secret;
    private final long pauseMillis;

    /**
     * @param secret of the client; {@code null} where the environment has none
     * @param pauseMillis before something is asked again
     */
    RealmCommand(PrintStream out, PrintStream err, String secret, long pauseMillis) {
        this.out = out;
        this.err = err;
        this.secret = secret;
        this.pauseMillis = pauseMillis;
    }

    static boolean knows(String command) {
        return OPTIONS.containsKey(command);
    }

    static String secretsName() {
        return SECRET;
    }

    /** @return the exit code */
    int run(String command, List<String> arguments) {
        List<String> places = new ArrayList<>(
                arguments.stream().filter(one -> !one.startsWith("--")).toList());
        List<String> options =
                arguments.stream().filter(one -> one.startsWith("--")).toList();
        boolean undo = command.equals("undo");
        if (places.size() != (undo ? 4 : 5)
                || !options.stream().map(RealmCommand::name).allMatch(OPTIONS.get(command)::contains)) {
            err.println(USAGE);
            return WRONG;
        }
        if (secret == null) {
            err.println("the client's secret stands in the environment, as " + SECRET);
            return WRONG;
        }
        Path lines = undo ? null : Path.of(places.remove(0));
        Optional<String> server = HttpsAddress.of(places.get(0));
        if (server.isEmpty()) {
            err.println("SERVER" + HttpsAddress.WANTED);
            return WRONG;
        }
        RealmApi realm = new RealmApi(new RealmClient(server.get(), places.get(1), places.get(2), secret, pauseMillis));
        String query = "source=" + RealmClient.encoded(places.get(3)) + "&dry_run=" + !options.contains("--for-real")
                + options.stream()
                        .filter(one -> one.startsWith("--job="))
                        .map(one -> "&job=" + RealmClient.encoded(value(one)))
                        .findFirst()
                        .orElse("");
        try {
            return undo
                    ? new Undoing(realm, query, out, err).run() ? 0 : DIFFERS
                    : deliver(command, realm, query, options, lines);
        } catch (IOException failed) {
            err.println("broken off, begin again: " + failed.getMessage());
            return FAILED;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private int deliver(String command, RealmApi realm, String query, List<String> options, Path lines)
            throws IOException, InterruptedException {
        boolean verify = command.equals("verify");
        String whole = query
                + (options.contains("--keep-ids") ? "&keep_ids=true" : "")
                + (verify
                        ? "&verify=true"
                        : "&trust_verified=" + options.contains("--trust-verified") + "&bring_deleted="
                                + options.contains("--bring-deleted"));
        Map<String, Integer> numbers = new Delivery(
                        realm,
                        whole,
                        number(options, "--lanes", USUAL_LANES, MAX_LANES),
                        number(options, "--lines", USUAL_LINES, MAX_LINES),
                        out,
                        err)
                .of(lines);
        return verify && numbers.keySet().stream().anyMatch(Verdicts::differs) ? DIFFERS : 0;
    }

    private static int number(List<String> options, String name, int usual, int most) {
        return options.stream()
                .filter(one -> one.matches(name + "=\\d{1,4}"))
                .map(one -> Math.max(1, Math.min(Integer.parseInt(value(one)), most)))
                .findFirst()
                .orElse(usual);
    }

    private static String name(String option) {
        return option.replaceAll("=.*", "");
    }

    private static String value(String option) {
        return option.substring(option.indexOf('=') + 1);
    }
}
