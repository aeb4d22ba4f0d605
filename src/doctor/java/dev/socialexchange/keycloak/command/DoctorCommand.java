package dev.socialexchange.keycloak.command;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;

/** {@code java -jar social-exchange-doctor.jar}: what a realm's doctor says, in a shell. */
public final class DoctorCommand {
    private final Secrets secrets;
    private final SecretInput input;
    private final PrintStream output;
    private final PrintStream errors;
    private final Clock clock;

    DoctorCommand(Secrets secrets, InputStream input, PrintStream output, PrintStream errors, Clock clock) {
        this.secrets = secrets;
        this.input = new SecretInput(input);
        this.output = output;
        this.errors = errors;
        this.clock = clock;
    }

    public static void main(String... arguments) {
        Console console = System.console();
        // UTF-8 in whatever locale a CI job has
        PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream errors = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        Secrets secrets =
                new Secrets(System::getenv, question -> console == null ? null : console.readPassword("%s", question));
        System.exit(new DoctorCommand(secrets, System.in, output, errors, Clock.system(ZoneOffset.UTC))
                .run(arguments)
                .status());
    }

    Exit run(String... arguments) {
        if (CommandLine.asksForHelp(arguments)) {
            output.print(Usage.TEXT);
            return Exit.ALL_WELL;
        }
        try {
            return run(CommandLine.parse(arguments));
        } catch (CommandFailure failure) {
            errors.println(failure.getMessage());
            if (failure.exit() == Exit.USAGE) {
                errors.println("--help says more");
            }
            return failure.exit();
        }
    }

    private Exit run(Arguments arguments) {
        Connection connection = new Connection(arguments.server());
        AccessToken token = AccessToken.of(arguments.login(), secrets, connection, clock);
        AdminApi api = new AdminApi(connection, token, arguments.realm(), arguments.language());
        Examination examination = new Examination(arguments, api, input, people(arguments));
        try {
            Exit exit = examination.run();
            if (arguments.certifies()) {
                certify(examination, arguments.json());
            }
            return exit;
        } catch (CommandFailure failure) {
            examination.answers().put("failure", failure.getMessage());
            throw failure;
        } finally {
            if (arguments.json()) {
                output.println(Json.pretty(examination.answers()));
            }
        }
    }

    private void certify(Examination examination, boolean json) {
        String row = examination.row(LocalDate.now(clock));
        examination.answers().put("row", row);
        if (!json) {
            output.println(row);
        }
    }

    /** Beside a row, which alone goes into a file, reports are what is said to people; with JSON nobody reads along. */
    private Consumer<String> people(Arguments arguments) {
        if (arguments.json()) {
            return report -> {};
        }
        return arguments.certifies() ? errors::println : output::println;
    }
}
