package dev.socialexchange.keycloak.it.support;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** Keeps a table of the servers' database for itself, so that somebody stands still in the middle of what they are doing. */
public final class TableLock implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** But for PostgreSQL's own cleaning. */
    private static final String WAITING =
            "select count(*) from pg_locks where not granted and mode <> 'ShareUpdateExclusiveLock'";

    private final Connection connection;

    private TableLock(Connection connection) {
        this.connection = connection;
    }

    /** Nobody writes to it; everybody reads. */
    static TableLock on(String url, String table) {
        return new TableLock(connect(url)).lock(table);
    }

    private static Connection connect(String url) {
        try {
            return DriverManager.getConnection(url);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot lock", e);
        }
    }

    private TableLock lock(String table) {
        try (Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("lock table " + table + " in share mode");
            return this;
        } catch (SQLException e) {
            throw new IllegalStateException("cannot lock " + table, e);
        }
    }

    /** Until somebody has come to where they cannot go on. */
    public void awaitSomebody() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (waiting() == 0) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("nobody waits for the table");
            }
            Tab.pause();
        }
    }

    private int waiting() {
        try (Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(WAITING)) {
            found.next();
            return found.getInt(1);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot look at the locks", e);
        }
    }

    /** Lets everybody go on. */
    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot unlock", e);
        }
    }
}
