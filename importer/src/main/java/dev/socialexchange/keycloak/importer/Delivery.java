package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Brings lines to a realm, some hundreds at a time: what concerns somebody is written as CSV, and how far it is once in a while. */
final class Delivery {
    private static final int BATCH = 500;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long TELL_NANOS = Duration.ofSeconds(2).toNanos();

    private final RealmApi realm;
    private final String query;
    private final PrintStream findings;
    private final PrintStream progress;
    private final Map<String, Integer> numbers = new TreeMap<>();
    private long told;

    Delivery(RealmApi realm, String query, PrintStream findings, PrintStream progress) {
        this.realm = realm;
        this.query = query;
        this.findings = findings;
        this.progress = progress;
    }

    /** @throws IOException if the realm refuses, or does not answer: what was brought stays, and the next run finds it */
    void of(Path lines) throws IOException, InterruptedException {
        Twice twice = new Twice();
        long all = 0;
        try (BufferedReader reader = Files.newBufferedReader(lines)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                all++;
                twice.see(person(line));
            }
        }
        findings.println("line,source_id,code,concerns");
        long begun = System.nanoTime();
        long number = 0;
        List<String> batch = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(lines)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                JsonNode person = person(line);
                boolean left = twice.concerns(person);
                if (left) {
                    count("refused", 1);
                    find(number, person.path("sourceId").asText(), "identity_twice", "");
                }
                batch.add(left ? "" : line);
                if (batch.size() == BATCH) {
                    bring(batch, number - batch.size());
                    batch.clear();
                    tell(number, all, System.nanoTime() - begun);
                }
            }
        }
        if (!batch.isEmpty()) {
            bring(batch, number - batch.size());
        }
        progress.printf(
                "%d lines in %d s%n",
                all, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        numbers.forEach((what, times) -> progress.printf("%s: %d%n", what, times));
    }

    /** @param before how many lines there are before these */
    private void bring(List<String> batch, long before) throws IOException, InterruptedException {
        JsonNode report = realm.bring(batch, query);
        report.path("outcomes")
                .properties()
                .forEach(outcome -> count(outcome.getKey(), outcome.getValue().asInt()));
        report.path("findings").forEach(finding -> {
            count(finding.path("code").asText(), 1);
            find(
                    before + finding.path("line").asLong(),
                    finding.path("source_id").asText(""),
                    finding.path("code").asText(),
                    finding.path("alias").asText(""));
        });
    }

    private void count(String what, int times) {
        numbers.merge(what, times, Integer::sum);
    }

    private void find(long line, String sourceId, String code, String concerns) {
        findings.println(line + "," + quoted(sourceId) + "," + code + "," + quoted(concerns));
    }

    /** RFC 4180; a spreadsheet must take nothing for a formula. */
    private static String quoted(String text) {
        String plain = text.isEmpty() || "=+-@".indexOf(text.charAt(0)) < 0 ? text : "'" + text;
        return plain.matches("[\\w'.:|@=+-]*") ? plain : '"' + plain.replace("\"", "\"\"") + '"';
    }

    private void tell(long number, long all, long nanos) {
        if (nanos - told < TELL_NANOS) {
            return;
        }
        told = nanos;
        long rate = number * SECOND_NANOS / nanos;
        progress.printf("%d of %d, %d a second, %d s left%n", number, all, rate, rate == 0 ? 0 : (all - number) / rate);
    }

    private static JsonNode person(String line) {
        return Json.lenient(line).orElseGet(MissingNode::getInstance);
    }
}
