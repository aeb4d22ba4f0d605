package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A PostgreSQL of one run's own that writes down each statement as it executes it, whoever has sent it. */
public final class StatementLog implements AutoCloseable {
    private static final Pattern EXECUTED = Pattern.compile("[^:]*:LOG:  (?:execute [^:]+|statement): (.*)");
    private static final String MARK = "select 'mark ";
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    /** Keycloak does some things a moment after the answer. */
    private static final Duration SETTLED = Duration.ofMillis(200);

    private final Postgres postgres;
    private final Path log;
    private int marks;

    private StatementLog(Postgres postgres, Path log) {
        this.postgres = postgres;
        this.log = log;
    }

    /** @param run names its folder below {@code target} */
    public static StatementLog start(String run) {
        String file = run + "-statements.log";
        Path log = Workspace.own().resolve(file).toAbsolutePath();
        try {
            Files.deleteIfExists(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Postgres postgres = Postgres.start(
                run,
                Map.of(
                        "logging_collector", "on",
                        "log_directory", log.getParent().toString(),
                        "log_filename", file,
                        "log_line_prefix", "%c:",
                        "log_statement", "all",
                        "log_parameter_max_length", "0"));
        return new StatementLog(postgres, log);
    }

    public String url() {
        return postgres.url();
    }

    /**
     * What was executed from the beginning of the work to a moment after its end.
     *
     * @param statements in their order, without those that begin and end transactions
     * @param transactions that were committed or rolled back
     */
    public record Executed(List<String> statements, int transactions) {

        private static Executed of(List<String> all) {
            return new Executed(
                    all.stream()
                            .filter(statement -> !isEnd(statement) && !statement.equals("BEGIN"))
                            .toList(),
                    (int) all.stream().filter(Executed::isEnd).count());
        }

        private static boolean isEnd(String statement) {
            return statement.equals("COMMIT") || statement.equals("ROLLBACK");
        }

        /** How often a table is read or written; its name in lower case. */
        public long of(String table) {
            Pattern named = Pattern.compile("\\b" + Pattern.quote(table) + "\\b", Pattern.CASE_INSENSITIVE);
            return statements.stream()
                    .filter(statement -> named.matcher(statement).find())
                    .count();
        }

        @Override
        public String toString() {
            return "%d statements in %d transactions:%n%s"
                    .formatted(statements.size(), transactions, String.join(System.lineSeparator(), statements));
        }
    }

    public Executed during(Runnable work) {
        int begin = mark();
        work.run();
        pause(SETTLED);
        int end = mark();
        List<String> all = awaited(end);
        return Executed.of(all.subList(indexOf(all, begin) + 1, indexOf(all, end)));
    }

    private int mark() {
        marks++;
        try (Connection connection = DriverManager.getConnection(url());
                Statement statement = connection.createStatement()) {
            statement.execute(text(marks));
        } catch (SQLException e) {
            throw new IllegalStateException("cannot reach PostgreSQL", e);
        }
        return marks;
    }

    private static String text(int mark) {
        return MARK + mark + '\'';
    }

    private static int indexOf(List<String> statements, int mark) {
        return statements.indexOf(text(mark));
    }

    /** The log is written by a process of its own. */
    private List<String> awaited(int mark) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        for (List<String> all = read(); System.nanoTime() - end < 0; all = read()) {
            if (indexOf(all, mark) >= 0) {
                return all;
            }
            pause(Duration.ofMillis(20));
        }
        throw new IllegalStateException("PostgreSQL has not logged " + text(mark) + " in " + log);
    }

    /** Drivers prepare a connection of their own with {@code SET}, ours as well. */
    private List<String> read() {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
            List<String> statements = new ArrayList<>();
            lines.map(EXECUTED::matcher)
                    .filter(Matcher::matches)
                    .map(line -> line.group(1))
                    .filter(statement -> !statement.startsWith("SET "))
                    .forEach(statements::add);
            return statements;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause(Duration time) {
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        postgres.close();
    }
}
