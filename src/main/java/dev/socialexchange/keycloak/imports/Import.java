package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.OwnTransaction;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.models.KeycloakSession;

/** Lines of one request, some of them in a transaction each time: one that cannot be committed is tried line by line. */
final class Import {
    /** A transaction is over long before its limit, and what fails concerns few. */
    static final int BATCH = 50;

    private final KeycloakSession session;
    private final String source;
    private final boolean trustsVerified;
    private final boolean dryRun;
    private final ImportReport report;

    /** @param number of the line, from 1 on */
    record Line(int number, ImportedPerson person) {}

    /** What a batch has come to, told once it is committed. */
    private record Told(Line line, ImportReport.Outcome outcome, List<PersonImport.Found> found) {}

    Import(KeycloakSession session, String source, boolean trustsVerified, boolean dryRun) {
        this.session = session;
        this.source = source;
        this.trustsVerified = trustsVerified;
        this.dryRun = dryRun;
        this.report = new ImportReport(dryRun);
    }

    /** @param lines as they came; blank ones count as lines and as nobody */
    ImportReport of(List<String> lines) {
        List<Line> batch = new ArrayList<>();
        int number = 0;
        for (String line : lines) {
            number++;
            try {
                if (!line.isBlank()) {
                    batch.add(new Line(number, ImportedPerson.read(line)));
                }
            } catch (UnreadableLine unreadable) {
                report.tell(ImportReport.Outcome.REFUSED);
                report.find(new ImportReport.Finding(number, unreadable.sourceId(), unreadable.code(), null));
            }
            if (batch.size() == BATCH && !dryRun) { // a dry run has to see its own people until the end
                bring(batch);
                batch.clear();
            }
        }
        bring(batch);
        return report;
    }

    private void bring(List<Line> batch) {
        if (batch.isEmpty()) {
            return;
        }
        try {
            new OwnTransaction(session).run(own -> brought(own, batch)).forEach(this::tell);
        } catch (ExchangeException failed) {
            if (batch.size() == 1) {
                Line line = batch.get(0);
                report.tell(ImportReport.Outcome.REFUSED);
                report.find(new ImportReport.Finding(
                        line.number(), line.person().sourceId(), failed.error().reason(), null));
                return;
            }
            batch.forEach(line -> bring(List.of(line)));
        }
    }

    private List<Told> brought(KeycloakSession own, List<Line> batch) {
        List<Told> told = new ArrayList<>();
        for (Line line : batch) {
            PersonImport person = new PersonImport(own, source, trustsVerified);
            told.add(new Told(line, person.of(line.person()), person.found()));
        }
        if (dryRun) {
            own.getTransactionManager().setRollbackOnly();
        }
        return told;
    }

    private void tell(Told told) {
        report.tell(told.outcome());
        told.found()
                .forEach(found -> report.find(new ImportReport.Finding(
                        told.line().number(), told.line().person().sourceId(), found.code(), found.about())));
    }
}
