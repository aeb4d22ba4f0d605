package dev.socialexchange.keycloak.it.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A PostgreSQL of one run's own in the build directory, as root too, or one that is named by a JDBC URL. */
public final class Postgres implements AutoCloseable {
    private static final String USER = "postgres";

    /** On a machine that has much else to do. */
    private static final Duration START = Duration.ofSeconds(60);

    private final Path folder;
    private final Map<String, String> settings;
    private final String url;
    private EmbeddedPostgres embedded;

    private Postgres(Path folder, Map<String, String> settings, EmbeddedPostgres embedded, String url) {
        this.folder = folder;
        this.settings = settings;
        this.embedded = embedded;
        this.url = url;
    }

    public static Postgres at(String url) {
        return new Postgres(null, Map.of(), null, url);
    }

    /** @param run names its folder below {@code target} */
    public static Postgres start(String run) {
        return start(run, Map.of());
    }

    /** @param settings of the server, as in {@code postgresql.conf} */
    static Postgres start(String run, Map<String, String> settings) {
        Path folder = Workspace.own().resolve(run + "-postgres");
        try {
            ServerHome.deleteRecursively(data(folder));
            EmbeddedPostgres embedded = start(folder, 0, settings);
            return new Postgres(folder, settings, embedded, embedded.getJdbcUrl(USER, USER));
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "PostgreSQL does not start here; the benchmark takes one by -Dbench.jdbc=jdbc:…", e);
        }
    }

    private static EmbeddedPostgres start(Path folder, int port, Map<String, String> settings) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .setDataDirectory(data(folder))
                .setCleanDataDirectory(false)
                .setPGStartupWait(START)
                // commits wait for the disk, as they do wherever sessions matter
                .setServerConfig("synchronous_commit", "on");
        settings.forEach(builder::setServerConfig);
        return (port == 0 ? builder : builder.setPort(port)).start();
    }

    /** Not in the folder itself, where what has not been started for ten minutes is taken for litter. */
    private static Path data(Path folder) {
        return folder.resolveSibling(folder.getFileName() + "-data");
    }

    /** Until it is started again, with the same data on the same port. Whoever is connected is cut off. */
    public void stop() {
        try {
            embedded.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void startAgain() {
        try {
            embedded = start(folder, embedded.getPort(), settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With user and password, so that it is all that Keycloak needs. */
    public String url() {
        return url;
    }

    /** Rows by table, of all tables that have any. */
    public Map<String, Long> rows() {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            Map<String, Long> rows = new TreeMap<>();
            for (String table : tables(statement)) {
                try (ResultSet count = statement.executeQuery("select count(*) from \"" + table + '"')) {
                    count.next();
                    rows.put(table, count.getLong(1));
                }
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot count rows", e);
        }
    }

    /** What a query finds, each column as text. */
    public List<List<String>> select(String query) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(query)) {
            List<List<String>> rows = new ArrayList<>();
            while (found.next()) {
                List<String> row = new ArrayList<>();
                for (int column = 1; column <= found.getMetaData().getColumnCount(); column++) {
                    row.add(found.getString(column));
                }
                rows.add(row);
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot select", e);
        }
    }

    private static List<String> tables(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
            List<String> tables = new ArrayList<>();
            while (found.next()) {
                tables.add(found.getString(1));
            }
            return tables;
        }
    }

    /** Until it is closed nobody writes to the table. */
    public TableLock lock(String table) {
        return TableLock.on(url, table);
    }

    public void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot execute: " + sql, e);
        }
    }

    /** Cuts all connections but this one, as a restart of the database does. */
    public void cutConnections() {
        execute("select pg_terminate_backend(pid) from pg_stat_activity"
                + " where datname = current_database() and pid <> pg_backend_pid()");
    }

    @Override
    public void close() {
        if (embedded == null) {
            return;
        }
        stop();
        try {
            ServerHome.deleteRecursively(data(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
