package dev.socialexchange.keycloak.it.cluster;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.NotInContainers;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.TwoNodes;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one node of a cluster has done, the other one knows; what both do at once is done once. */
@WithOneKeycloak
@NotInContainers
class TwoNodesIT {
    private static final int AT_ONCE = 5;

    /** How long a login waits for one at another node (LinkGuard). */
    private static final Duration CONTENDING = Duration.ofSeconds(2);

    private static Mailbox mailbox;
    private static TwoNodes nodes;
    private static OwnRealm here;
    private static OwnRealm there;
    private static App app;
    private static String alias;

    @BeforeAll
    static void startNodes() {
        nodes = TwoNodes.start("it-nodes");
        mailbox = Mailbox.open();
        here = OwnRealm.create(
                nodes.first(), Suite.providers().url(), realm -> realm.putPOJO("smtpServer", mailbox.settings()));
        there = here.at(nodes.second());
        app = App.of(here);
        alias = app.provider("acme");
        for (OwnRealm node : List.of(here, there)) { // a node's first login is slow, and loads the provider's keys
            Answer answer =
                    node.request(app.clientId(), alias, Suite.newPerson()).send();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    @AfterAll
    static void stopNodes() {
        if (nodes != null) {
            nodes.close();
            mailbox.close();
        }
    }

    @Test
    void linkOfOneNodeGoesOnAtTheOtherAndOnce() {
        Person person = Suite.newPerson().withoutEmail();
        String link = app.link(alias, person, "profile_incomplete");
        assertThat(link).startsWith(here.server().url().toString());
        Visitor browser = new Visitor();

        HttpResponse<String> page = browser.get(there(link));
        HttpResponse<String> next = browser.post(there(link), Visitor.form(page));
        HttpResponse<String> profile = browser.get(location(next));

        assertThat(page.body()).contains("The acme");
        assertThat(next.statusCode()).isEqualTo(303);
        assertThat(location(next)).startsWith(there.server().url().toString());
        assertThat(profile.body()).contains("name=\"email\"");
        for (String again : List.of(link, there(link))) {
            assertThat(new Visitor().get(again).statusCode()).as(again).isEqualTo(400);
        }
    }

    @Test
    void linkThatIsUsedAtBothNodesAtOnceGoesOnOnce() {
        String link = app.link(alias, Suite.newPerson().withoutEmail(), "profile_incomplete");
        Visitor browser = new Visitor();
        Map<String, String> form = Visitor.form(browser.get(link));
        String cookie = "social-exchange=" + browser.cookies().get("social-exchange");

        List<Integer> answers = Stream.generate(() -> List.of(link, there(link)))
                .limit(AT_ONCE)
                .flatMap(List::stream)
                .parallel()
                .map(node ->
                        new Visitor().with("Cookie", cookie).post(node, form).statusCode())
                .toList();

        assertThat(answers).containsOnlyOnce(303).hasSize(2 * AT_ONCE);
        assertThat(answers.stream().filter(status -> status == 400)).hasSize(2 * AT_ONCE - 1);
    }

    @Test
    void linkThatOneNodeHasMadeIsUndoneAtTheOtherAndOnce() {
        Person person = Suite.newPerson();
        String owner = here.user(Suite.unique("owner"), person.email(), user -> {});
        String linking =
                app.provider("acme", copy -> copy.put("firstBrokerLoginFlowAlias", "social exchange first login"));
        Answer tokens = here.request(app.clientId(), linking, person).send();
        assertThat(tokens.claims().path("sub").asText()).as(tokens.body()).isEqualTo(owner);
        String link = Mailbox.link(mailbox.next(person.email()));

        HttpResponse<String> undone = new Visitor().post(there(link), Map.of());

        assertThat(undone.body()).contains("The link is removed");
        assertThat(here.link(owner, linking)).isEmpty();
        assertThat(here.tokens()
                        .refresh(tokens.refreshToken())
                        .as(app.clientId())
                        .send()
                        .status())
                .isEqualTo(400);
        for (String again : List.of(link, there(link))) {
            assertThat(new Visitor().post(again, Map.of()).statusCode())
                    .as(again)
                    .isEqualTo(400);
        }
    }

    /** One of them says that it is to be told again, or both that it is done: it is done once, and each knows. */
    @Test
    void signalThatBothNodesGetAtOnceIsTakenOnceAndKnownToBoth() {
        Person person = Suite.newPerson();
        String told = app.provider("acme", copy -> copy.withObject("/config").put("exchangeSignals", "enforce"));
        Answer tokens = here.request(app.clientId(), told, person).send();
        String signal = SignalPost.token(
                person, SignalPost.RISC + "credential-compromise", Instant.now().getEpochSecond() - 30, claims -> {});

        List<Integer> answers = Stream.generate(() -> List.of(here, there))
                .limit(AT_ONCE)
                .flatMap(List::stream)
                .parallel()
                .map(node -> SignalPost.post(node, told, signal).status())
                .toList();

        assertThat(answers).contains(202).isSubsetOf(202, 503);
        assertThat(SignalPost.post(there, told, signal).status()).isEqualTo(202);
        assertThat(here.admin()
                        .events("type=REVOKE_GRANT&user="
                                + tokens.claims().path("sub").asText()))
                .hasSize(1);
        for (OwnRealm node : List.of(here, there)) {
            assertRefused(
                    node.request(app.clientId(), told, person).send(), 400, "interaction_required", "link_suspended");
        }
    }

    /** What they leave on the user is written as a whole: who writes at the same moment must not undo what another has. */
    @Test
    void signalsOfManyProvidersAboutOneUserThatTheNodesGetAtOnceAreAllKept() {
        Person person = Suite.newPerson();
        String user = app.login(alias, person);
        List<String> told = Stream.generate(() ->
                        app.provider("acme", copy -> copy.withObject("/config").put("exchangeSignals", "enforce")))
                .limit(2 * AT_ONCE)
                .toList();
        told.forEach(one -> here.admin()
                .post(
                        "/users/" + user + "/federated-identity/" + one,
                        Map.of("identityProvider", one, "userId", person.id(), "userName", "same")));

        tellUntilTaken(here, told.get(0), person); // there is something to replace
        Function<String, CompletableFuture<Void>> tell = one -> CompletableFuture.runAsync(
                () -> tellUntilTaken(told.indexOf(one) % 2 == 0 ? here : there, one, person),
                task -> new Thread(task).start());
        told.stream().map(tell).toList().forEach(CompletableFuture::join);

        for (String one : told) {
            assertRefused(
                    there.request(app.clientId(), one, person).send(), 400, "interaction_required", "link_suspended");
        }
    }

    private static void tellUntilTaken(OwnRealm node, String alias, Person person) {
        String signal = SignalPost.token(
                person, SignalPost.RISC + "credential-compromise", Instant.now().getEpochSecond() - 30, claims -> {});
        Answer answer = SignalPost.post(node, alias, signal);
        for (int again = 0; answer.status() == 503 && again < AT_ONCE; again++) {
            answer = SignalPost.post(node, alias, signal);
        }
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
    }

    @Test
    void idTokenThatOneNodeHasTakenIsReplayedAtTheOther() {
        String token = idToken(Suite.newPerson());

        Answer first = exchange(here, token).send();
        Answer second = exchange(there, token).send();

        assertThat(first.status()).as(first.body()).isEqualTo(200);
        assertRefused(second, 400, "invalid_request", "token_replayed");
    }

    @Test
    void idTokenThatBothNodesGetAtOnceIsTakenOnce() {
        String token = idToken(Suite.newPerson());

        List<Answer> answers = TokenRequest.sendAtOnce(Stream.generate(() -> Stream.of(here, there))
                .limit(AT_ONCE)
                .flatMap(both -> both.map(node -> exchange(node, token))));

        assertThat(answers.stream().map(Answer::status)).containsOnlyOnce(200);
        assertThat(answers.stream().map(Answer::errorReason).filter("token_replayed"::equals))
                .hasSize(2 * AT_ONCE - 1);
    }

    @Test
    void firstLoginsOfOnePersonAtBothNodesAtOnceMakeOneUser() {
        for (int people = 0; people < AT_ONCE; people++) {
            Person person = Suite.newPerson();
            int users = here.admin().countUsers();

            List<Answer> answers = comingAgain(Stream.of(here, there)
                    .map(node -> node.request(app.clientId(), alias, person))
                    .toList());

            assertThat(answers)
                    .allSatisfy(answer ->
                            assertThat(answer.status()).as(answer.body()).isEqualTo(200));
            assertThat(answers.stream()
                            .map(answer -> answer.json().path("user_created").asBoolean()))
                    .containsExactlyInAnyOrder(true, false);
            String user = answers.get(0).claims().path("sub").asText();
            for (OwnRealm node : List.of(here, there)) {
                assertThat(node.linked(alias, person).findValuesAsText("id")).containsExactly(user);
                assertThat(node.admin().federatedIdentities(user)).hasSize(1);
                assertThat(node.admin().countUsers()).isEqualTo(users + 1);
            }
        }
    }

    /** All at once, and then once more whoever has waited for the other one in vain. */
    private static List<Answer> comingAgain(List<TokenRequest> requests) {
        List<Answer> answers = new ArrayList<>(TokenRequest.sendAtOnce(requests.stream()));
        for (int number = 0; number < requests.size(); number++) {
            Answer answer = answers.get(number);
            if (answer.status() == Cluster.BUSY) {
                Cluster.assertBusy(answer);
                assertThat(answer.took()).isGreaterThanOrEqualTo(CONTENDING);
                answers.set(number, requests.get(number).send());
            }
        }
        return answers;
    }

    private static TokenRequest exchange(OwnRealm node, String token) {
        return node.request(app.clientId(), alias, TokenType.ID_TOKEN, token);
    }

    private static String idToken(Person person) {
        return Suite.providers().acme().idToken("acme-client", person);
    }

    /** As if a load balancer in front of both nodes had sent it there. */
    private static String there(String url) {
        return url.replace(here.server().url().toString(), there.server().url().toString());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers().firstValue("Location").orElseThrow();
    }
}
