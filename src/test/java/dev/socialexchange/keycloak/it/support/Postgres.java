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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A PostgreSQL of one run's own in the build directory, as root too, or one that is named by a JDBC URL. */
public final class Postgres implements AutoCloseable {
    private static final String USER = "postgres";

    private final Path folder;
    private final String url;
    private EmbeddedPostgres embedded;

    private Postgres(Path folder, EmbeddedPostgres embedded, String url) {
        this.folder = folder;
        this.embedded = embedded;
        this.url = url;
    }

    public static Postgres at(String url) {
        return new Postgres(null, null, url);
    }

    /** @param run names its folder below {@code target} */
    public static Postgres start(String run) {
        Path folder = Workspace.own().resolve(run + "-postgres");
        try {
            ServerHome.deleteRecursively(data(folder));
            EmbeddedPostgres embedded = start(folder, 0);
            return new Postgres(folder, embedded, embedded.getJdbcUrl(USER, USER));
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "PostgreSQL does not start here; the benchmark takes one by -Dbench.jdbc=jdbc:…", e);
        }
    }

    private static EmbeddedPostgres start(Path folder, int port) throws IOException {
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setOverrideWorkingDirectory(folder.toFile())
                .setDataDirectory(data(folder))
                .setCleanDataDirectory(false)
                // commits wait for the disk, as they do wherever sessions matter
                .setServerConfig("synchronous_commit", "on");
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
            embedded = start(folder, embedded.getPort());
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

    /** Cuts all connections but this one, as a restart of the database does. */
    public void cutConnections() {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        } catch (SQLException e) {
            throw new IllegalStateException("cannot cut connections", e);
        }
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
