package dev.socialexchange.keycloak.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Asks Apple about everybody of whom the file does not know yet, and tells the realm. Ids that come to nothing are written with the reason. */
final class Transfer {
    private static final int PAGE = 500;
    private static final int BATCH = 200;
    private static final long TELL_NANOS = Duration.ofSeconds(2).toNanos();

    private final TransferRealm realm;
    private final AppleTeam team;
    private final TransferFile file;
    private final PrintStream findings;
    private final PrintStream progress;
    private final Map<String, Integer> numbers = new TreeMap<>();
    private long told = System.nanoTime();

    Transfer(TransferRealm realm, AppleTeam team, TransferFile file, PrintStream findings, PrintStream progress) {
        this.realm = realm;
        this.team = team;
        this.file = file;
        this.findings = findings;
        this.progress = progress;
    }

    /**
     * The old team's half: everybody who is linked is announced by the id of the transfer. Who was announced before is told once more, and the realm keeps that
     * for as long again: Apple's time runs from the transfer, and not from the first time that somebody was announced.
     */
    void announce(String recipientTeamId) throws IOException, InterruptedException {
        List<String> people = linked();
        Map<String, String> lines = new LinkedHashMap<>();
        int number = 0;
        for (String sub : people) {
            if (!file.transferIds().containsKey(sub)) {
                Optional<String> transferId = team.transferId(sub, recipientTeamId);
                if (transferId.isEmpty()) {
                    find(sub, "unknown_to_apple");
                } else {
                    file.announced(sub, transferId.get());
                }
            }
            String transferId = file.transferIds().get(sub);
            if (transferId != null) {
                add(lines, sub, TransferFile.announcement(sub, transferId));
            }
            tell(++number, people.size());
        }
        send(lines);
        finish();
    }

    /** The new team's half: the link of everybody whom the file knows gets the new id. */
    void move() throws IOException, InterruptedException {
        Map<String, String> lines = new LinkedHashMap<>();
        int number = 0;
        for (Map.Entry<String, String> person : file.transferIds().entrySet()) {
            String sub = person.getKey();
            if (!file.newIds().containsKey(sub)) {
                Optional<String> newId = team.newId(person.getValue());
                if (newId.isEmpty()) {
                    find(sub, "unknown_to_apple");
                } else {
                    file.moved(sub, newId.get());
                }
            }
            if (file.newIds().containsKey(sub)) {
                add(lines, sub, TransferFile.move(sub, file.newIds().get(sub)));
            }
            tell(++number, file.transferIds().size());
        }
        send(lines);
        finish();
    }

    /** The old ids. */
    private List<String> linked() throws IOException, InterruptedException {
        Set<String> people = new LinkedHashSet<>();
        int first = 0;
        for (JsonNode page = realm.linked(first, PAGE); !page.isEmpty(); page = realm.linked(first, PAGE)) {
            page.forEach(one -> people.add(one.path("sub").asText()));
            first += PAGE;
        }
        return List.copyOf(people);
    }

    private void add(Map<String, String> lines, String sub, String line) throws IOException, InterruptedException {
        lines.put(sub, line);
        if (lines.size() == BATCH) {
            send(lines);
        }
    }

    private void send(Map<String, String> lines) throws IOException, InterruptedException {
        if (lines.isEmpty()) {
            return;
        }
        List<String> subs = new ArrayList<>(lines.keySet());
        JsonNode report = realm.take(List.copyOf(lines.values()));
        report.path("outcomes")
                .properties()
                .forEach(outcome -> count(outcome.getKey(), outcome.getValue().asInt()));
        report.path("findings")
                .forEach(finding -> find(
                        subs.get(finding.path("line").asInt() - 1),
                        finding.path("code").asText()));
        lines.clear();
    }

    private void find(String sub, String code) {
        count(code, 1);
        findings.println(Csv.row(sub, code));
    }

    private void count(String what, int times) {
        numbers.merge(what, times, Integer::sum);
    }

    private void tell(int number, int all) {
        if (System.nanoTime() - told > TELL_NANOS) {
            told = System.nanoTime();
            progress.printf("%d of %d%n", number, all);
        }
    }

    private void finish() {
        numbers.forEach((what, times) -> progress.printf("%s: %d%n", what, times));
    }
}
