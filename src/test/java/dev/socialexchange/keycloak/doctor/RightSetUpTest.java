package dev.socialexchange.keycloak.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.doctor.Step.Verdict;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A check of what is set up rightly finds nothing, whichever provider it is. */
class RightSetUpTest {
    private static final CheckedRealm REALM = new CheckedRealm();

    /** Of which nobody can tell a right secret from a wrong one without a person's token, by the answers that are known of them. */
    private static final Set<String> UNTELLABLE = Set.of();

    static Stream<String> types() {
        return dev.socialexchange.keycloak.type.Conformance.types().stream().map(type -> type.id());
    }

    @AfterAll
    static void stop() {
        REALM.close();
    }

    @ParameterizedTest
    @MethodSource("types")
    void nothingIsFoundWhereNothingIsWrong(String id) {
        List<Finding> findings = REALM.check(REALM.rightly(id));

        assertThat(findings)
                .filteredOn(finding -> !finding.is(Verdict.OK) && !finding.is(Verdict.SKIPPED))
                .isEmpty();
        assertThat(Finding.worst(findings)).isEqualTo(Verdict.OK);
    }
}
