package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.chaos.Timeline.Of;
import dev.socialexchange.keycloak.it.support.Answer;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Signs people in as the documentation asks it of front ends: it comes again with the same token when it is told to, and with
 * a fresh one when it has heard nothing, or hears that the token was used by what it has not heard of.
 */
final class FrontEnd {
    /** Longer than anything takes that is mended. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    private final Stage stage;
    private final Rotation rotation;
    private final Witness witness;
    private final Ledger ledger;
    private final Findings findings;

    FrontEnd(Stage stage, Rotation rotation, Witness witness, Ledger ledger, Findings findings) {
        this.stage = stage;
        this.rotation = rotation;
        this.witness = witness;
        this.ledger = ledger;
        this.findings = findings;
    }

    /**
     * What somebody got in with.
     *
     * @param pass that is used up by now, if it can be
     */
    record SignedIn(Pass pass, Answer answer) {}

    /** @return empty, which is a finding, if it has taken too long */
    Optional<SignedIn> signIn(Of of, Account account, Supplier<Pass> passes, Random dice) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<SignedIn> signedIn = with(passes.get(), of, account, dice, end);
            if (signedIn.isPresent()) {
                return signedIn;
            }
        }
        findings.add("locked out: " + account.key());
        return Optional.empty();
    }

    /** Empty if a fresh pass is needed. */
    private Optional<SignedIn> with(Pass pass, Of of, Account account, Random dice, long end) {
        account.tries();
        boolean mayBeUsed = false;
        while (System.nanoTime() < end) {
            boolean doubtful = mayBeUsed;
            Optional<Answer> answer = witness.ask(
                    of,
                    "login with " + account.alias(),
                    pass.request(stage.app(rotation.next(dice)), account.alias()),
                    given -> given.status() == 200 || doubtful && isUsed(given));
            if (answer.filter(given -> given.status() == 200).isPresent()) {
                signedIn(account, pass, answer.get());
                return answer.map(given -> new SignedIn(pass, given));
            }
            if (answer.filter(given -> given.status() == Witness.BUSY).isPresent()) {
                mayBeUsed = true; // where not even the mark on it could be taken back
                Pause.of(retryAfter(answer.get()));
            } else if (answer.isEmpty() && dice.nextBoolean()) {
                mayBeUsed = true; // it is sent again, though nobody knows what has become of it
                Pause.of(Duration.ofSeconds(1));
            } else {
                Pause.of(Duration.ofMillis(500));
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private void signedIn(Account account, Pass pass, Answer answer) {
        if (pass.isUsedUp()) {
            ledger.used("id_token", pass.token());
        }
        if (pass.further().containsKey("nonce")) {
            ledger.used("nonce", pass.further().get("nonce"));
        }
        ledger.signedIn(account, answer);
    }

    /** Of the nonce as well. */
    static boolean isUsed(Answer answer) {
        return answer.errorReason().equals("token_replayed")
                || answer.errorReason().equals("nonce_not_issued");
    }

    static Duration retryAfter(Answer answer) {
        return Duration.ofSeconds(
                answer.header("Retry-After").map(Integer::valueOf).orElse(1));
    }
}
