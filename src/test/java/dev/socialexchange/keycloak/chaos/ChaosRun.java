package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.chaos.Timeline.Of;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One mishap after the other, each until people are well again; then the books. */
public final class ChaosRun {
    /** After what was wrong has been mended. */
    private static final Duration MAX_RECOVERY = Duration.ofSeconds(120);

    private final ChaosSettings settings;
    private final PrintStream out;
    private final Findings findings;
    private final Report report;
    private final Timeline timeline = new Timeline(System::nanoTime);
    private final Weather weather = new Weather();
    private final Random dice;

    public ChaosRun(ChaosSettings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        findings = new Findings(out);
        report = new Report(out);
        dice = new Random(settings.seed());
    }

    /**
     * @param run names folders and logs
     * @return what was found
     */
    public List<String> run(String run) {
        out.printf("Chaos: -Dchaos.seed=%d -Dchaos.seconds=%d%n", settings.seed(), settings.seconds());
        try (Stage stage = Stage.open(run);
                Rotation rotation = new Rotation(stage.nodes().both())) {
            Ledger ledger = new Ledger(findings);
            Witness witness = new Witness(timeline, weather, findings);
            FrontEnd frontEnd = new FrontEnd(stage, rotation, witness, ledger, findings);
            Logins logins = new Logins(stage, rotation, witness, ledger, frontEnd);
            Links links = new Links(stage, rotation, witness, ledger, frontEnd);
            Continuations continuations = new Continuations(stage, rotation, witness, ledger, findings);
            warmUp(stage, logins);
            try (Crowd crowd = new Crowd(findings)) {
                crowd.come(
                        List.of(
                                logins::firstLogin,
                                logins::firstLogin,
                                logins::returningLogin,
                                logins::returningLogin,
                                logins::askingLogin,
                                logins::askingLogin,
                                logins::nonceLogin,
                                links::link,
                                continuations::signIn),
                        chosen -> password(stage.app(rotation.next(chosen)), witness),
                        settings.seed());
                mishaps(stage, rotation);
            }
            everybodyComesBack(stage, ledger, frontEnd);
            books(stage, ledger);
            witness.keycloaksAnswers()
                    .forEach((answer, times) -> out.println(times + " times Keycloak's own answer" + answer));
        }
        return findings.all();
    }

    /** The first logins of a new server are slow, and load the providers' keys: not what this is about. */
    private void warmUp(Stage stage, Logins logins) {
        for (KeycloakServer node : stage.nodes().both()) {
            App app = stage.app(node);
            Account account = new Account(stage.alias(), Person.unknown("Early"));
            Pass.idTokens(stage, account).get().request(app, stage.alias()).send();
        }
    }

    private static void password(App app, Witness witness) {
        witness.askKeycloak(
                app.realm().tokens().password(Stage.LOCAL_USER, Stage.PASSWORD).as(app.clientId()));
    }

    private void mishaps(Stage stage, Rotation rotation) {
        long start = timeline.now();
        long end = start + TimeUnit.SECONDS.toNanos(settings.seconds());
        calm(rotation, "before anything has happened");
        report.header();
        report.mishap("nothing", timeline, start, timeline.now(), timeline.now());
        do {
            settings.round(dice).forEach(mishap -> happen(mishap, stage, rotation));
        } while (timeline.now() < end);
    }

    private void happen(Mishap mishap, Stage stage, Rotation rotation) {
        List<KeycloakServer> nodes = stage.nodes().both();
        int number = dice.nextInt(nodes.size());
        String what = mishap.name().toLowerCase(Locale.ROOT).replace('_', ' ')
                + (mishap.permitted().contains(Trouble.LOST) ? ", node " + (number + 1) : "");
        weather.turns(mishap);
        long begun = timeline.now();
        mishap.happen(stage, nodes.get(number));
        long mended = timeline.now();
        calm(rotation, what);
        report.mishap(what, timeline, begun, mended, timeline.now());
        report.health(begun, rotation.changesSince(begun));
        weather.clears();
    }

    private void calm(Rotation rotation, String after) {
        long end = timeline.now() + MAX_RECOVERY.toNanos();
        while (!rotation.isWhole() || !timeline.isCalm()) {
            if (timeline.now() > end) {
                findings.add("no calm within " + MAX_RECOVERY.toSeconds() + " s: " + after);
                return;
            }
            Pause.of(Duration.ofMillis(200));
        }
    }

    /** Nobody has been lost: who was let in once gets in again, as the same user. */
    private void everybodyComesBack(Stage stage, Ledger ledger, FrontEnd frontEnd) {
        ledger.accounts().parallelStream()
                .filter(account -> account.alias().equals(stage.alias()))
                .filter(account -> account.user().isPresent())
                .forEach(account -> frontEnd.signIn(Of.EXCHANGES, account, Pass.idTokens(stage, account), dice));
    }

    private void books(Stage stage, Ledger ledger) {
        String local = stage.app()
                .realm()
                .admin()
                .userByUsername(Stage.LOCAL_USER)
                .orElseThrow()
                .path("id")
                .asText();
        Books.Stock stock =
                new Books(stage.nodes().postgres(), stage.app().realm().name(), ledger, findings).check(Set.of(local));
        out.printf(
                "%d requests; %d users, %d links, %d sessions in the database; used once: %d id_tokens, %d nonces, %d links;"
                        + " %d logins interrupted on Keycloak's pages; %d findings; seed %d%n",
                timeline.size(),
                stock.users().size(),
                stock.links().size(),
                stock.sessions().values().stream().mapToInt(Integer::intValue).sum(),
                ledger.usedOnce("id_token"),
                ledger.usedOnce("nonce"),
                ledger.usedOnce("link"),
                ledger.interruptions(),
                findings.all().size(),
                settings.seed());
    }
}
