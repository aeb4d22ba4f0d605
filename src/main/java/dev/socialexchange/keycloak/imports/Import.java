package dev.socialexchange.keycloak.imports;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.ForeignCode;
import dev.socialexchange.keycloak.OwnTransaction;
import dev.socialexchange.keycloak.login.LinkGuards;
import dev.socialexchange.keycloak.provider.ExternalAccount;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.models.KeycloakSession;

/**
 * Lines of one request, some of them in a transaction each time: one that cannot be committed is tried line by line, and whatever is wrong with somebody is their refusal alone.
 */
final class Import {
    /** A transaction is over long before its limit, and what fails concerns few. */
    static final int BATCH = 50;

    private final KeycloakSession session;
    private final ImportOrder order;
    private final ImportReport report;
    private final Managed managed;

    /** @param number of the line, from 1 on */
    record Line(int number, ImportedPerson person) {}

    /** What a batch has come to, told once it is committed. */
    private record Told(Line line, ImportReport.Outcome outcome, List<Found> found) {}

    Import(KeycloakSession session, ImportOrder order, Managed managed) {
        this.managed = managed;
        this.session = session;
        this.order = order;
        this.report = new ImportReport(order.dryRun());
    }

    /** Up to now, also if an exception has ended it: whoever was brought stays. */
    ImportReport report() {
        return report;
    }

    /**
     * @param lines as they came; blank ones count as lines and as nobody
     * @throws ExchangeException if the database or the cluster does not answer: what was brought before stays
     */
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
            if (batch.size() == BATCH && !order.dryRun()) { // a dry run has to see its own people until the end
                bring(batch);
                batch.clear();
            }
        }
        bring(batch);
        return report;
    }

    /** Whoever has an account that is being linked by somebody else at this moment has to wait, and holds nobody up. */
    private void bring(List<Line> batch) {
        List<Line> alone = new ArrayList<>();
        try (LinkGuards guards = new LinkGuards(session)) {
            List<Line> together = new ArrayList<>();
            for (Line line : batch) {
                (order.dryRun() || guards.hold(line.person().externalAccounts()) ? together : alone).add(line);
            }
            if (!together.isEmpty()) {
                attempt(together, guards).forEach(this::tell);
            }
        } catch (ExchangeException failed) {
            alone.clear();
            alone.addAll(batch);
        }
        alone.forEach(this::bringAlone);
    }

    private void bringAlone(Line line) {
        try (LinkGuards guards = new LinkGuards(session)) {
            if (!order.dryRun() && !guards.await(line.person().externalAccounts())) {
                refuse(line, "link_contended");
                return;
            }
            attempt(List.of(line), guards).forEach(this::tell);
        } catch (ExchangeException failed) {
            if (failed.error() == ExchangeError.SERVER_BUSY) {
                throw failed;
            }
            refuse(line, failed.error().reason());
        }
    }

    private void refuse(Line line, String code) {
        report.tell(ImportReport.Outcome.REFUSED);
        report.find(new ImportReport.Finding(line.number(), line.person().sourceId(), code, null));
    }

    /** Mappers of events, stores and validators of profiles may be anybody's code. */
    private List<Told> attempt(List<Line> batch, LinkGuards guards) {
        return ForeignCode.alone("import", () -> new OwnTransaction(session).run(own -> {
            guards.holdUntilCommit(own);
            return brought(own, batch);
        }));
    }

    private List<Told> brought(KeycloakSession own, List<Line> batch) {
        List<ExternalAccount> accounts = batch.stream()
                .flatMap(line -> line.person().externalAccounts().stream())
                .toList();
        Present present = Present.of(
                own,
                batch.stream()
                        .map(line -> order.userId(line.person().sourceId()))
                        .toList(),
                accounts);
        List<Told> told = new ArrayList<>();
        for (Line line : batch) {
            // each in a persistence context of their own, or what is written for one would be gone through again for
            // all that follow
            EntityManagers.runInBatch(
                    own,
                    () -> {
                        PersonImport person = new PersonImport(own, order, present, managed);
                        told.add(new Told(line, person.of(line.person()), person.found()));
                    },
                    true);
        }
        if (order.dryRun()) {
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
