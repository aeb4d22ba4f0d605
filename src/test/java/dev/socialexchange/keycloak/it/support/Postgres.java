package dev.socialexchange.keycloak.it.support;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
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

    private final EmbeddedPostgres embedded;
    private final String url;

    private Postgres(EmbeddedPostgres embedded, String url) {
        this.embedded = embedded;
        this.url = url;
    }

    public static Postgres at(String url) {
        return new Postgres(null, url);
    }

    /** @param run names its folder below {@code target} */
    public static Postgres start(String run) {
        return start(run, Map.of());
    }

    /** @param settings of the server, as in {@code postgresql.conf} */
    static Postgres start(String run, Map<String, String> settings) {
        File directory = Workspace.own().resolve(run + "-postgres").toFile();
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setOverrideWorkingDirectory(directory)
                    // commits wait for the disk, as they do wherever sessions matter
                    .setServerConfig("synchronous_commit", "on");
            settings.forEach(builder::setServerConfig);
            EmbeddedPostgres embedded = builder.start();
            return new Postgres(embedded, embedded.getJdbcUrl(USER, USER));
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "PostgreSQL does not start here; the benchmark takes one by -Dbench.jdbc=jdbc:…", e);
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

    private static List<String> tables(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select tablename from pg_tables where schemaname = 'public'")) {
            List<String> tables = new ArrayList<>();
            while (found.next()) {
                tables.add(found.getString(1));
            }
            return tables;
        }
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
        try {
            embedded.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
