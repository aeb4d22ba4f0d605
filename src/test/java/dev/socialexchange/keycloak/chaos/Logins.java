package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.chaos.FrontEnd.SignedIn;
import dev.socialexchange.keycloak.chaos.Timeline.Of;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Logins by exchange; what has been used for one is tried once more, by somebody who should not get in with it. */
record Logins(Stage stage, Rotation rotation, Witness witness, Ledger ledger, FrontEnd frontEnd) {
    private static final int MAX_TRIES = 200;

    /** Now and then from two devices at the same moment. */
    void firstLogin(Random dice) {
        Account account = ledger.open(stage.alias(), Person.unknown("First"));
        if (dice.nextInt(4) == 0) {
            Random other = new Random(dice.nextLong());
            CompletableFuture<Void> elsewhere = CompletableFuture.runAsync(() -> login(account, other));
            login(account, dice);
            elsewhere.join();
        } else {
            login(account, dice);
        }
    }

    void returningLogin(Random dice) {
        ledger.somebody(stage.alias(), dice)
                .flatMap(account -> login(account, dice))
                .ifPresent(signedIn -> replay(stage.alias(), signedIn.pass(), dice));
    }

    private Optional<SignedIn> login(Account account, Random dice) {
        return frontEnd.signIn(Of.EXCHANGES, account, Pass.idTokens(stage, account), dice);
    }

    /** With a provider that is asked about every token. */
    void askingLogin(Random dice) {
        Account account = dice.nextBoolean()
                ? ledger.somebody(stage.calling(), dice).orElseGet(() -> newAccount(stage.calling()))
                : newAccount(stage.calling());
        frontEnd.signIn(Of.CALLS, account, Pass.accessTokens(stage, account), dice);
    }

    private Account newAccount(String alias) {
        return ledger.open(alias, Person.unknown("Asked"));
    }

    void nonceLogin(Random dice) {
        Account account = ledger.open(stage.nonces(), Person.unknown("Nonce"));
        Optional<SignedIn> signedIn = frontEnd.signIn(Of.EXCHANGES, account, withNonce(account, dice), dice);
        signedIn.ifPresent(first -> {
            String nonce = first.pass().further().get("nonce");
            replay(stage.nonces(), first.pass(), dice);
            Account thief = new Account(stage.nonces(), Person.unknown("Thief"));
            replay(stage.nonces(), withNonce(thief, nonce), dice);
        });
    }

    private Supplier<Pass> withNonce(Account account, Random dice) {
        return () -> withNonce(account, nonce(dice));
    }

    private Pass withNonce(Account account, String nonce) {
        return Pass.idToken(stage, account, Map.of("nonce", Digests.sha256Base64Url(nonce)), Map.of("nonce", nonce));
    }

    private String nonce(Random dice) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            App app = stage.app(rotation.next(dice));
            Optional<Answer> answer = witness.ask(
                    Of.EXCHANGES,
                    "nonce",
                    new Doors(app.realm()).nonce(app.clientId()),
                    given -> given.status() == 200);
            if (answer.filter(given -> given.status() == 200).isPresent()) {
                return answer.get().text("nonce");
            }
            Pause.of(answer.map(FrontEnd::retryAfter).orElse(Duration.ofMillis(500)));
        }
        throw new IllegalStateException("no nonce is to be had");
    }

    /** Wherever it is tried, it must not be good again. */
    private void replay(String alias, Pass pass, Random dice) {
        witness.ask(
                        Of.EXCHANGES,
                        "used once more",
                        pass.request(stage.app(rotation.next(dice)), alias),
                        FrontEnd::isUsed)
                .filter(answer -> answer.status() == 200)
                .ifPresent(answer -> ledger.used("id_token", pass.token()));
    }
}
