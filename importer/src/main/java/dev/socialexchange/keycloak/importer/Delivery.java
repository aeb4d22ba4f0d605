package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Brings lines to a realm, some hundreds at a time: what concerns somebody is written as CSV, and how far it is once in a while. */
final class Delivery {
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final String FOR_REAL = "dry_run=false";
    private static final long TELL_NANOS = Duration.ofSeconds(2).toNanos();

    private final RealmApi realm;
    private final String query;
    private final int lanes;
    private final int most;
    private final PrintStream findings;
    private final PrintStream progress;
    private final Map<String, Integer> numbers = new TreeMap<>();
    private final long begun = System.nanoTime();
    private long all;
    private long done;
    private long told;

    /**
     * @param lanes how many requests there are at a time
     * @param most lines a request
     */
    Delivery(RealmApi realm, String query, int lanes, int most, PrintStream findings, PrintStream progress) {
        this.realm = realm;
        this.query = query;
        this.lanes = lanes;
        this.most = most;
        this.findings = findings;
        this.progress = progress;
    }

    /**
     * Whoever has a name or an address that somebody else has, too, comes at the end and in the file's order, so that it is the same one of them each time who gets it.
     *
     * @return how many came to what: outcomes and findings
     * @throws IOException if the realm refuses, or does not answer: what was brought stays, and the next run finds it
     */
    Map<String, Integer> of(Path lines) throws IOException, InterruptedException {
        Clashes clashes = new Clashes();
        each(lines, (number, line, person) -> {
            all++;
            clashes.see(person);
        });
        findings.println("line,source_id,code,concerns");
        send(lines, lanes, (number, line, person) -> {
            if (clashes.hasAccountOfAnother(person)) {
                done++;
                count("refused", 1);
                find(number, person.path("sourceId").asText(), "identity_twice", "");
                return false;
            }
            return !clashes.hasNameOfAnother(person);
        });
        if (clashes.haveNames()) {
            send(
                    lines,
                    1,
                    (number, line, person) -> !clashes.hasAccountOfAnother(person) && clashes.hasNameOfAnother(person));
        }
        progress.printf(
                "%d lines in %d s%n",
                all, Duration.ofNanos(System.nanoTime() - begun).toSeconds());
        numbers.forEach((what, times) -> progress.printf("%s: %d%n", what, times));
        if (realm.unanswered() > 0 && query.contains(FOR_REAL)) {
            progress.printf(
                    "requests that got no answer at first: %d (whom they brought then is unchanged by now, and what was found about them is lost)%n",
                    realm.unanswered());
        }
        return numbers;
    }

    private interface Choice {
        boolean isIn(long number, String line, JsonNode person);
    }

    private interface Visitor {
        void see(long number, String line, JsonNode person) throws IOException, InterruptedException;
    }

    private void send(Path lines, int side, Choice choice) throws IOException, InterruptedException {
        try (Lanes batches = new Lanes(side, batch -> realm.bring(batch.body(), query), this::report)) {
            Batch[] batch = {new Batch(most)};
            each(lines, (number, line, person) -> {
                if (choice.isIn(number, line, person)) {
                    batch[0].add(number, line);
                }
                if (batch[0].isFull()) {
                    batches.send(batch[0]);
                    batch[0] = new Batch(most);
                }
            });
            if (!batch[0].isEmpty()) {
                batches.send(batch[0]);
            }
            batches.drain();
        }
    }

    private static void each(Path lines, Visitor visitor) throws IOException, InterruptedException {
        long number = 0;
        try (BufferedReader reader = Files.newBufferedReader(lines)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                visitor.see(number, line, Json.lenient(line).orElseGet(MissingNode::getInstance));
            }
        }
    }

    private void report(Batch batch, JsonNode report) {
        report.path("outcomes")
                .properties()
                .forEach(outcome -> count(outcome.getKey(), outcome.getValue().asInt()));
        report.path("findings").forEach(finding -> {
            count(finding.path("code").asText(), 1);
            find(
                    batch.number(finding.path("line").asInt()),
                    finding.path("source_id").asText(""),
                    finding.path("code").asText(),
                    finding.path("alias").asText(""));
        });
        done += batch.size();
        tell(System.nanoTime() - begun);
    }

    private void count(String what, int times) {
        numbers.merge(what, times, Integer::sum);
    }

    private void find(long line, String sourceId, String code, String concerns) {
        findings.println(Csv.row(String.valueOf(line), sourceId, code, concerns));
    }

    private void tell(long nanos) {
        if (nanos - told < TELL_NANOS) {
            return;
        }
        told = nanos;
        long rate = done * SECOND_NANOS / nanos;
        progress.printf("%d of %d, %d a second, %d s left%n", done, all, rate, rate == 0 ? 0 : (all - done) / rate);
    }
}
