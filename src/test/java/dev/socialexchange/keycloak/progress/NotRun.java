package dev.socialexchange.keycloak.progress;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Tests that did not run, by the reason that they or their conditions give. */
final class NotRun {
    private final Map<String, Long> tests = new TreeMap<>();

    /** @param reason as JUnit has it: the first line is meant for people, and is missing at times */
    void add(TestPlan plan, TestIdentifier identifier, String reason) {
        String first = reason == null || reason.isBlank()
                ? "no reason given"
                : reason.strip().lines().findFirst().get();
        tests.merge(first, count(plan, identifier), Long::sum);
    }

    /** What a class that gave up before its tests would have run; a test with parameters counts once then. */
    private static long count(TestPlan plan, TestIdentifier identifier) {
        return Math.max(
                1,
                plan.getDescendants(identifier).stream()
                        .filter(test -> plan.getChildren(test).isEmpty())
                        .count());
    }

    List<String> lines(String phase) {
        return tests.entrySet().stream()
                .map(entry -> "%s not run: %d (%s)".formatted(phase, entry.getValue(), entry.getKey()))
                .toList();
    }
}
