package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.chaos.Timeline.Of;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Somebody without an address signs in, and goes on in a browser, on whatever nodes; often by two clicks at once. */
record Continuations(Stage stage, Rotation rotation, Witness witness, Ledger ledger, Findings findings) {
    private static final int SEE_OTHER = 303;

    /** Where it is interrupted the person begins again. */
    private static final Duration PATIENCE = Duration.ofSeconds(150);

    void signIn(Random dice) {
        Account account = ledger.open(stage.alias(), Person.unknown("Walker").withoutEmail());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<Answer> offered = offered(account, dice);
            if (offered.filter(answer -> answer.status() == 200).isPresent()) {
                ledger.signedIn(account, offered.get()); // an answer was lost by which the person had finished
                return;
            }
            if (offered.map(answer -> answer.text("interaction_uri"))
                    .filter(link -> !link.isEmpty())
                    .flatMap(link -> goOn(account, link, dice))
                    .isPresent()) {
                return;
            }
            Pause.of(Duration.ofSeconds(1));
        }
        findings.add("locked out: " + account.key());
    }

    /** The answer with the link, or with tokens. */
    private Optional<Answer> offered(Account account, Random dice) {
        App app = stage.app(rotation.next(dice));
        account.tries();
        Pass pass = Pass.idTokens(stage, account).get();
        return witness.ask(
                Of.EXCHANGES,
                "continuation offered",
                app.continuable(pass.request(app, stage.alias())),
                answer -> answer.status() == 200
                        || answer.errorReason().equals("profile_incomplete")
                                && !answer.text("interaction_uri").isEmpty());
    }

    private Optional<Answer> goOn(Account account, String link, Random dice) {
        Visitor browser = new Visitor(Witness.PATIENCE);
        Optional<HttpResponse<String>> page = witness.look("link opened", () -> browser.get(at(dice, link)));
        if (page.filter(shown -> shown.statusCode() == 200).isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> form = Visitor.form(page.get());
        String cookie = "social-exchange=" + browser.cookies().get("social-exchange");
        List<Supplier<Clicked>> clicks = IntStream.range(0, 1 + dice.nextInt(2))
                .mapToObj(number -> at(dice, link))
                .<Supplier<Clicked>>map(url -> () -> click(url, form, cookie))
                .toList();
        List<Clicked> clicked = clicks.stream().map(CompletableFuture::supplyAsync).toList().stream()
                .map(CompletableFuture::join)
                .filter(Clicked::goesOn)
                .toList();
        clicked.forEach(gone -> ledger.used("link", link));
        if (click(at(dice, link), form, cookie).goesOn()) {
            ledger.used("link", link);
        }
        return clicked.stream().findFirst().flatMap(gone -> finish(account, gone, dice));
    }

    private record Clicked(Visitor browser, Optional<HttpResponse<String>> answer) {
        boolean goesOn() {
            return answer.filter(page -> page.statusCode() == SEE_OTHER).isPresent();
        }

        String location() {
            return answer.orElseThrow().headers().firstValue("Location").orElseThrow();
        }
    }

    private Clicked click(String url, Map<String, String> form, String cookie) {
        Visitor browser = new Visitor(Witness.PATIENCE).with("Cookie", cookie);
        return new Clicked(browser, witness.look("link used", () -> browser.post(url, form)));
    }

    /** On Keycloak's own pages, whose failures are nobody's finding. */
    private Optional<Answer> finish(Account account, Clicked gone, Random dice) {
        Optional<String> callback = new KeycloakPages(
                        gone.browser(), url -> at(dice, url), stage.app().redirectUri())
                .follow(gone.location(), Ledger.WALKER + account.person().id() + '-' + dice.nextInt(1_000_000));
        account.tries();
        Optional<Answer> tokens = callback.flatMap(address -> redeem(address, dice));
        tokens.ifPresentOrElse(answer -> ledger.signedIn(account, answer), ledger::interrupted);
        return tokens;
    }

    private Optional<Answer> redeem(String callback, Random dice) {
        return Witness.attempt(() -> stage.app(rotation.next(dice)).redeem(URI.create(callback)))
                .filter(answer -> answer.status() == 200);
    }

    /** As if a load balancer in front of both nodes had sent it there. */
    private String at(Random dice, String url) {
        return url.replace(Stage.ADDRESS, rotation.next(dice).url().toString());
    }
}
