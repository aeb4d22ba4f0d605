package dev.socialexchange.keycloak.fuzz;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Suite;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A number of attempts, one after the other, and what was found. */
public final class FuzzRun {
    private static final int BETWEEN_CONTROLS = 50;
    private static final int MAX_FINDINGS = 50;

    private final FuzzSettings settings;
    private final PrintStream out;
    private final Ground ground = new Ground();
    private final Judge judge = new Judge(ground);
    private final Map<String, Category> categories = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> figures = new TreeMap<>();
    private final List<String> findings = new ArrayList<>();
    private int controls;

    public FuzzRun(FuzzSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        categories.put("parameters", new OddParameters(ground));
        categories.put("tokens", new OddTokens(ground));
        categories.put("providers", new OddProviders(ground));
        categories.put("kinds", new OddKinds(ground));
        categories.put("doors", new OddDoors(ground));
        categories.put("states", new OddStates(ground));
    }

    /** @return what was found, each with what is needed to find it again */
    public List<String> run() {
        out.printf("Fuzzing: -Dfuzz.seed=%d -Dfuzz.requests=%d%n", settings.seed(), settings.requests());
        long start = System.nanoTime();
        long logged = logLines();
        control();
        for (int attempt = 0; attempt < settings.requests() && findings.size() < MAX_FINDINGS; attempt++) {
            if (settings.only() < 0 || settings.only() == attempt) {
                attempt(attempt);
            }
            if (settings.only() < 0 && attempt % BETWEEN_CONTROLS == BETWEEN_CONTROLS - 1) {
                control();
            }
        }
        Suite.providers().clearFaults();
        control();
        errorsInTheLog(logged);
        print((System.nanoTime() - start) / 1_000_000_000);
        return List.copyOf(findings);
    }

    private void attempt(int number) {
        Dice dice = settings.dice(number);
        String category = dice.one(List.of(
                "parameters", "parameters", "tokens", "tokens", "providers", "providers", "kinds", "doors", "states"));
        Attempt attempt = categories.get(category).next(dice);
        String found;
        String outcome;
        try {
            Answer answer = attempt.request().get();
            found = judge.finding(attempt, answer).orElse(null);
            outcome = answer.status() + (answer.errorReason().isEmpty() ? "" : " " + answer.errorReason());
        } catch (AssertionError | UncheckedIOException failed) {
            found = String.valueOf(failed.getMessage()); // such as residue behind a refusal, or no answer at all
            outcome = "no good answer";
        }
        figures.computeIfAbsent(category, key -> new TreeMap<>()).merge(outcome, 1, Integer::sum);
        Optional.ofNullable(found)
                .ifPresent(what -> find("%s: %s%n    %s%n    again: -Dfuzz.seed=%d -Dfuzz.only=%d"
                        .formatted(category, attempt.what(), what, settings.seed(), number)));
    }

    /** Nobody who asks properly notices anything. */
    private void control() {
        ground.controls().forEach(answer -> {
            controls++;
            if (answer.status() != 200) {
                find("a control login was refused: " + answer.body());
            }
        });
    }

    /** What the server did not expect, and answered all the same. */
    private void errorsInTheLog(long from) {
        try (var lines = Files.lines(Suite.keycloak().log())) {
            lines.skip(from)
                    .filter(line -> line.contains("Uncaught server error"))
                    .findFirst()
                    .ifPresent(line -> find("the server's log: " + line));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long logLines() {
        try (var lines = Files.lines(Suite.keycloak().log())) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void find(String finding) {
        findings.add(finding);
        out.println("FOUND " + finding);
    }

    private void print(long seconds) {
        figures.forEach((category, outcomes) -> {
            out.printf(
                    "%-12s %5d%n",
                    category,
                    outcomes.values().stream().mapToInt(Integer::intValue).sum());
            outcomes.forEach((outcome, times) -> out.printf("    %-40s %5d%n", outcome, times));
        });
        out.printf(
                "%d control logins, %d refusals looked behind, %d findings, %d s, seed %d%n",
                controls, Suite.refusalsLookedBehind(), findings.size(), seconds, settings.seed());
    }
}
