package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.chaos.FrontEnd.SignedIn;
import dev.socialexchange.keycloak.chaos.Timeline.Of;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Person;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** Accounts of a second provider, linked to users who are signed in; now and then two of them want the same. */
record Links(Stage stage, Rotation rotation, Witness witness, Ledger ledger, FrontEnd frontEnd) {
    private static final int MAX_TRIES = 40;
    private static final String TAKEN = "linked_to_another_user";

    void link(Random dice) {
        Account elsewhere = ledger.open(stage.elsewhere(), Person.unknown("Linked"));
        int wanted = dice.nextInt(4) == 0 ? 2 : 1;
        List<CompletableFuture<Boolean>> attempts = Stream.generate(() -> owner(new Random(dice.nextLong())))
                .limit(wanted)
                .flatMap(Optional::stream)
                .map(owner -> {
                    Random own = new Random(dice.nextLong());
                    return CompletableFuture.supplyAsync(() -> link(owner, elsewhere, wanted > 1, own));
                })
                .toList();
        attempts.forEach(CompletableFuture::join);
    }

    /** A new user, who has nothing linked yet. */
    private Optional<Account> owner(Random dice) {
        Account account = ledger.open(stage.alias(), Person.unknown("Owner"));
        return frontEnd.signIn(Of.EXCHANGES, account, Pass.idTokens(stage, account), dice)
                .map(SignedIn::answer)
                .map(answer -> account);
    }

    private boolean link(Account owner, Account elsewhere, boolean contended, Random dice) {
        for (int tries = 0; tries < MAX_TRIES; tries++) {
            String token = token(elsewhere);
            Optional<String> access = owner.accessToken();
            if (access.isEmpty()) {
                return false; // the deed has taken longer than a login is good for here
            }
            Optional<Answer> answer = witness.ask(
                    Of.EXCHANGES,
                    "link",
                    new Doors(stage.app(rotation.next(dice)).realm())
                            .link(stage.elsewhere(), access.get())
                            .type(TokenType.ID_TOKEN)
                            .subjectToken(token),
                    given -> given.status() == 200
                            || contended && given.errorReason().equals(TAKEN));
            if (answer.filter(given -> given.status() == 200).isPresent()) {
                ledger.used("id_token", token);
                ledger.linked(elsewhere, owner.user().orElseThrow());
                return true;
            }
            if (answer.filter(given -> given.errorReason().equals(TAKEN)).isPresent()) {
                return false;
            }
            Pause.of(answer.map(FrontEnd::retryAfter).orElse(Duration.ofMillis(500)));
        }
        return false;
    }

    private String token(Account account) {
        return stage.providers().partner().idToken(stage.providers().partner().clientId(), account.person());
    }
}
