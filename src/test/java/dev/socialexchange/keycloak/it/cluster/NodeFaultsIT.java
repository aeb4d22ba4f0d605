package dev.socialexchange.keycloak.it.cluster;

import static dev.socialexchange.keycloak.it.cluster.Cluster.BUSY;
import static dev.socialexchange.keycloak.it.cluster.Cluster.TOKENS;
import static dev.socialexchange.keycloak.it.cluster.Cluster.assertBusy;
import static dev.socialexchange.keycloak.it.cluster.Cluster.assertOf;
import static dev.socialexchange.keycloak.it.cluster.Cluster.pause;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.ContractForm;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.NotInContainers;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TableLock;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.TwoNodes;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** The cluster loses its database and its connections, stands still in part, and loses a node at the worst moments, in this order. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@WithOneKeycloak
@NotInContainers
class NodeFaultsIT {
    /** How long the guard of a link outlives the node that held it (LinkGuard), and as long again for a busy machine. */
    private static final long LOCKED_OUT_SECONDS = 30;

    private static final int LINKS = 16;

    /** How long a signal's claim outlives the node that had it (TakenOnce), and half as long again. */
    private static final long BUSY_SECONDS = 90;

    private static Cluster cluster;
    private static TwoNodes nodes;

    @BeforeAll
    static void startNodes() {
        cluster = Cluster.start("it-faults");
        nodes = cluster.nodes();
    }

    @AfterAll
    static void stopNodes() {
        if (cluster != null) {
            cluster.close();
        }
    }

    @Test
    @Order(1)
    void firstLoginsThatLoseTheirDatabaseAreToldToComeAgain() {
        List<Person> people = Stream.generate(Suite::newPerson).limit(TOKENS).toList();
        List<String> tokens = people.stream().map(cluster::idToken).toList();

        List<CompletableFuture<Answer>> sent;
        try (TableLock users = nodes.postgres().lock("user_entity")) {
            sent = tokens.stream()
                    .map(token -> cluster.exchange(cluster.here(), token).sendAsync())
                    .toList();
            users.awaitSomebody();
            nodes.postgres().cutConnections();
        }
        for (int cuts = 0; cuts < 20; cuts++) {
            nodes.postgres().cutConnections();
            pause(50);
        }
        List<Answer> answers = sent.stream().map(CompletableFuture::join).toList();

        assertOf(answers, 200, BUSY);
        assertThat(answers).as("the cuts came in time").anyMatch(answer -> answer.status() == BUSY);
        cluster.assertRecovery(tokens, answers);
        for (Person person : people) {
            assertThat(cluster.here().linked(cluster.alias(), person).findValuesAsText("id"))
                    .hasSize(1);
        }
    }

    @Test
    @Order(2)
    void whileTheDatabaseIsDownEveryDoorSaysWhenToComeAgainAndAfterwardsTheSameTokensAreGood() {
        Doors doors = new Doors(cluster.here());
        String accessToken = cluster.here()
                .request(cluster.app().clientId(), cluster.alias(), Suite.newPerson())
                .send()
                .accessToken();
        String partner = cluster.app().provider("partner");
        Person elsewhere = Suite.newPerson();
        String linked = Suite.providers().partner().idToken("acme-client", elsewhere);
        String link = cluster.app().link(cluster.alias(), Suite.newPerson().withoutEmail(), "profile_incomplete");
        String token = cluster.idToken(Suite.newPerson());
        TokenRequest exchange = cluster.exchange(cluster.here(), token).origin(ConformanceRealm.ORIGIN);
        TokenRequest linking = doors.link(partner, accessToken)
                .type(TokenType.ID_TOKEN)
                .subjectToken(linked)
                .origin(ConformanceRealm.ORIGIN);
        TokenRequest nonce = doors.nonce(cluster.app().clientId()).origin(ConformanceRealm.ORIGIN);
        Visitor browser = new Visitor();
        Map<String, String> form = Visitor.form(browser.get(link));

        nodes.postgres().stop();
        List<Answer> refused;
        List<Answer> asked;
        List<HttpResponse<String>> pages;
        try {
            refused = List.of(exchange.send(), linking.send());
            asked = List.of(nonce.send(), doors.providers(cluster.app().clientId()));
            pages = List.of(new Visitor().get(link), browser.post(link, form));
        } finally {
            nodes.postgres().startAgain();
        }

        assertThat(refused).allSatisfy(answer -> {
            assertBusy(answer);
            assertThat(ContractForm.mistake(answer, ConformanceRealm.ORIGIN)).isEmpty();
        });
        assertOf(asked, 200, BUSY); // what they need may be cached
        assertThat(pages).allSatisfy(page -> {
            assertThat(page.statusCode()).isIn(200, BUSY);
            assertThat(page.headers().firstValue("Retry-After").isPresent()).isEqualTo(page.statusCode() == BUSY);
        });
        cluster.assertRecovery(List.of(token), List.of(refused.get(0)));
        assertThat(linking.send().status()).isEqualTo(200);
        assertThat(cluster.here().linked(partner, elsewhere)).hasSize(1);
    }

    @Test
    @Order(3)
    void whileANodeStandsStillNobodyGetsAServerErrorAndNothingIsUsedUp() {
        List<String> tokens = cluster.tokensOfNewPeople();

        nodes.freeze(nodes.second());
        List<Answer> answers;
        try {
            answers = TokenRequest.sendAtOnce(tokens.stream().map(token -> cluster.exchange(cluster.here(), token)));
        } finally {
            nodes.thaw(nodes.second());
        }

        assertOf(answers, 200, BUSY);
        assertThat(answers).as("the node was missed").anyMatch(answer -> answer.status() == BUSY);
        cluster.assertRecovery(tokens, answers);
        nodes.awaitEachOther();
    }

    @Test
    @Order(4)
    void nobodyIsLockedOutForLongByANodeThatDiesWithTheGuardOfTheirLink() {
        awaitWell(cluster.there());
        Person person = Suite.newPerson();
        try (TableLock users = nodes.postgres().lock("user_entity")) {
            cluster.exchange(cluster.there(), cluster.idToken(person)).sendAsync(); // nobody hears of it again
            users.awaitSomebody();
            nodes.kill(nodes.second());
        }

        long death = System.nanoTime();
        List<Answer> answers = new ArrayList<>();
        do {
            answers.add(
                    cluster.exchange(cluster.here(), cluster.idToken(person)).send());
            pause(200);
        } while (last(answers).status() != 200
                && System.nanoTime() - death < TimeUnit.SECONDS.toNanos(LOCKED_OUT_SECONDS));
        System.out.printf("locked out for %.1f s%n", (System.nanoTime() - death) / 1e9);

        assertOf(answers, 200, BUSY);
        assertThat(answers.get(0).status()).as("the guard was held").isEqualTo(BUSY);
        assertThat(answers)
                .as("a thread is not kept")
                .allMatch(answer -> answer.took().toSeconds() < 15);
        assertThat(last(answers).status()).isEqualTo(200);
        assertThat(cluster.here().linked(cluster.alias(), person)).hasSize(1);
        assertThat(cluster.here().admin().usersByEmail(person.email())).hasSize(1);
    }

    /**
     * Taking a link waits for both nodes, so that none is taken while the other one stands still. Whether those under way
     * were taken before the node died may be either way, but once for all.
     */
    @Test
    @Order(5)
    void linkGoesOnOnceThoughANodeDiesWhileItIsTakenAndThePersonCanBeginAnew() {
        cluster.bringBack();
        List<Offered> links =
                Stream.generate(() -> Offered.to(cluster)).limit(LINKS).toList();

        List<Integer> first = new ArrayList<>();
        first.add(links.get(0).useAt(cluster.there(links.get(0).url())));
        nodes.freeze(nodes.first());
        try {
            List<CompletableFuture<Integer>> sent = links.stream()
                    .skip(1)
                    .map(link -> CompletableFuture.supplyAsync(() -> link.useAt(cluster.there(link.url()))))
                    .toList();
            pause(500);
            nodes.kill(nodes.second());
            sent.forEach(answer -> first.add(answer.join()));
        } finally {
            nodes.thaw(nodes.first());
        }

        assertThat(first.get(0)).isEqualTo(303);
        assertThat(first.subList(1, LINKS)).as("it died in time").containsOnly(Offered.NO_ANSWER);
        for (int number = 0; number < LINKS; number++) {
            Offered link = links.get(number);
            List<Integer> answers = new ArrayList<>(List.of(first.get(number)));
            for (int tries = 0; tries < 3 || answers.get(tries) != 400 && tries < 60; tries++) {
                answers.add(link.useAt(link.url()));
                pause(200);
            }
            assertThat(answers).isSubsetOf(303, 400, BUSY, Offered.NO_ANSWER).endsWith(400);
            assertThat(answers.stream().filter(status -> status == 303).count())
                    .as("%s", answers)
                    .isLessThanOrEqualTo(1);
        }
        Offered anew = links.get(0).anew(cluster);
        assertThat(anew.useAt(anew.url())).isEqualTo(303);
    }

    @Test
    @Order(6)
    void noUsedTokenIsTakenAgainWhenANodeDies() {
        cluster.bringBack();
        List<String> tokens = cluster.tokensOfNewPeople();
        assertOf(TokenRequest.sendAtOnce(tokens.stream().map(token -> cluster.exchange(cluster.here(), token))), 200);

        List<CompletableFuture<Answer>> sent = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            tokens.forEach(
                    token -> sent.add(cluster.exchange(cluster.here(), token).sendAsync()));
            if (round == 1) {
                nodes.kill(nodes.second());
            }
            pause(300);
        }
        List<Answer> answers = sent.stream().map(CompletableFuture::join).toList();

        assertOf(answers, 400, BUSY);
        assertThat(answers.stream().filter(answer -> answer.status() == 400).map(Answer::errorReason))
                .containsOnly("token_replayed");
    }

    /** The effect was not committed, so that telling it again does it: once, and with nothing left to do for whoever tells it once more. */
    @Test
    @Order(7)
    @EnabledIfSystemProperty(named = "it.everything", matches = "true", disabledReason = "waits a minute")
    void signalThatANodeDiesOverIsTakenWhenItIsToldAgain() {
        cluster.bringBack();
        String told = cluster.app()
                .provider("acme", copy -> copy.withObject("/config").put("exchangeSignals", "enforce"));
        Person person = Suite.newPerson();
        Answer tokens =
                cluster.here().request(cluster.app().clientId(), told, person).send();
        String signal = SignalPost.token(
                person, SignalPost.RISC + "credential-compromise", Instant.now().getEpochSecond() - 30, claims -> {});
        CompletableFuture<Integer> first;
        try (TableLock attributes = nodes.postgres().lock("user_attribute")) {
            first = CompletableFuture.supplyAsync(() -> statusOf(cluster.there(), told, signal));
            attributes.awaitSomebody();
            nodes.kill(nodes.second());
        }

        assertThat(first.join()).isEqualTo(Offered.NO_ANSWER);
        List<Integer> answers = new ArrayList<>();
        long death = System.nanoTime();
        do {
            answers.add(statusOf(cluster.here(), told, signal));
            pause(500);
        } while (answers.get(answers.size() - 1) != 202
                && System.nanoTime() - death < TimeUnit.SECONDS.toNanos(BUSY_SECONDS));
        System.out.printf("told again for %.1f s%n", (System.nanoTime() - death) / 1e9);

        assertThat(answers).isSubsetOf(202, BUSY).endsWith(202);
        assertThat(statusOf(cluster.here(), told, signal)).isEqualTo(202);
        assertThat(cluster.here()
                        .admin()
                        .events("type=REVOKE_GRANT&user="
                                + tokens.claims().path("sub").asText()))
                .hasSize(1);
        assertThat(cluster.here()
                        .request(cluster.app().clientId(), told, person)
                        .send()
                        .errorReason())
                .isEqualTo("link_suspended");
        assertThat(cluster.here()
                        .tokens()
                        .refresh(tokens.refreshToken())
                        .as(cluster.app().clientId())
                        .send()
                        .error())
                .isEqualTo("invalid_grant");
    }

    private static int statusOf(OwnRealm node, String alias, String signal) {
        try {
            return SignalPost.post(node, alias, signal).status();
        } catch (UncheckedIOException dead) {
            return Offered.NO_ANSWER;
        }
    }

    private static Answer last(List<Answer> answers) {
        return answers.get(answers.size() - 1);
    }

    /** Its pool may still hold connections from before the database was stopped. */
    private static void awaitWell(OwnRealm node) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOCKED_OUT_SECONDS);
        while (cluster.exchange(node, cluster.idToken(Suite.newPerson())).send().status() != 200) {
            assertThat(System.nanoTime()).as("time to get well").isLessThan(end);
            pause(200);
        }
    }
}
