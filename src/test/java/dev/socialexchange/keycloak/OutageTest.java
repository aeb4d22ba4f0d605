package dev.socialexchange.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.OptimisticLockException;
import jakarta.transaction.RollbackException;
import java.net.ConnectException;
import java.sql.SQLException;
import org.infinispan.commons.CacheException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.models.ModelException;

class OutageTest {

    /** SQLSTATE 08: connection, 57: operator intervention, 40: rollback, 53: out of resources; 22 and 23 are about the data. */
    @ParameterizedTest
    @CsvSource({
        "08006, true, false",
        "57P01, true, false",
        "40001, true, false",
        "53300, true, false",
        "22001, false, true",
        "23505, false, true",
    })
    void tellsTheDatabasesTroubleFromItsVerdict(String state, boolean outage, boolean verdict) {
        ModelException failed = new ModelException("flush", new IllegalStateException(new SQLException("…", state)));

        assertThat(Outage.isBehind(failed)).isEqualTo(outage);
        assertThat(Outage.isRefusalOfData(failed)).isEqualTo(verdict);
        assertThat(Outage.isClash(failed)).isEqualTo(state.startsWith("23"));
    }

    @Test
    void poolWithoutAConnectionIsAnOutage() {
        assertThat(Outage.isBehind(new ModelException("pool", new SQLException("Sorry, acquisition timeout!"))))
                .isTrue();
    }

    /** As Keycloak's EntityManagerProxy leaves it. */
    @Test
    void databaseWhereNobodyListensIsAnOutage() {
        assertThat(Outage.isBehind(
                        new ModelException("Database operation failed", new ConnectException("Connection refused"))))
                .isTrue();
        assertThat(Outage.isBehind(new IllegalStateException(new ConnectException("of a mapper's own service"))))
                .isFalse();
    }

    @Test
    void commitThatWasRolledBackIsAnOutageUnlessTheDatabaseSaysWhy() {
        RollbackException rollback = new RollbackException("could not commit");
        RollbackException clash = new RollbackException("could not commit");
        clash.initCause(new SQLException("…", "23505"));

        assertThat(Outage.isBehind(new IllegalStateException(rollback))).isTrue();
        assertThat(Outage.isBehind(new IllegalStateException(clash))).isFalse();
    }

    @Test
    void clusterStoreThatFailsIsAnOutage() {
        assertThat(Outage.isBehind(new IllegalStateException(new CacheException("timed out"))))
                .isTrue();
    }

    @Test
    void whoWasFasterIsAnOutage() {
        assertThat(Outage.isBehind(new ModelException("flush", new OptimisticLockException("stale"))))
                .isTrue();
    }

    @Test
    void causesThatGoRoundInACircleEnd() {
        RuntimeException first = new RuntimeException();
        first.initCause(new IllegalStateException(first));

        assertThat(Outage.isBehind(first)).isFalse();
        assertThat(Outage.isDatabases(first)).isFalse();
    }

    @Test
    void mapperThatFailsIsNoOutage() {
        assertThat(Outage.isBehind(new NullPointerException())).isFalse();
        assertThat(Outage.isBehind(new ModelException("no such role"))).isFalse();
    }
}
