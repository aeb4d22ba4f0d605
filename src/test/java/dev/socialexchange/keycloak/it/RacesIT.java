package dev.socialexchange.keycloak.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Refusals;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;

/**
 * What may happen once happens once, and what may happen to one happens to one, however many ask at the same moment: 64 of
 * everything, which is more than Keycloak has threads for.
 */
@OlderKeycloakOnDemand
class RacesIT {
    private static final int PARALLEL = 64;
    private static final int ROUNDS = 2;
    private static final int USERS = 8;

    /** How many may wait for one account (LinkGuard); who is over it is sent away at once, to come again. */
    private static final int IN_LINE = 32;

    /** How long each of them waits (LinkGuard); on a slow machine the last ones are sent away by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static OwnRealm realm;
    private static Doors doors;
    private static App app;
    private static String acme;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create();
        doors = new Doors(realm);
        app = App.of(realm);
        acme = app.provider("acme");
        app.login(acme, Suite.newPerson()); // so that the provider's keys are known: not what this is about
    }

    @RepeatedTest(ROUNDS)
    void oneIdTokenBuysOneLogin() {
        Person person = Suite.newPerson();
        String token = Suite.providers().acme().idToken("acme-client", person);

        List<Answer> answers = atOnce(number -> exchange(acme, token));

        assertOneSucceeds(answers, "token_replayed");
        assertOneUser(acme, person, 1);
    }

    @RepeatedTest(ROUNDS)
    void oneIssuedNonceBuysOneLogin() {
        String alias = app.provider("acme", copy -> copy.withObject("/config").put("exchangeNonce", "issued"));
        warm(alias);
        Person person = Suite.newPerson();
        String nonce = doors.newNonce(app.clientId());

        List<Answer> answers =
                atOnce(number -> exchange(alias, tokenWithNonce(person, nonce)).param("nonce", nonce));

        assertOneSucceeds(answers, "nonce_not_issued");
        assertOneUser(alias, person, 1);
    }

    @RepeatedTest(ROUNDS)
    void firstLoginsOfOnePersonAllSucceedAndMakeOneUser() {
        Person person = Suite.newPerson();

        List<Answer> answers = comingAgain(number -> app.plainRequest(acme, person));

        assertThat(answers)
                .allSatisfy(
                        answer -> assertThat(answer.status()).as(answer.body()).isEqualTo(200));
        assertThat(answers.stream()
                        .map(answer -> answer.claims().path("sub").asText())
                        .distinct())
                .hasSize(1);
        assertThat(answers.stream()
                        .filter(answer -> answer.json().path("user_created").asBoolean()))
                .as("logins that say they created the user")
                .hasSize(1);
        assertOneUser(acme, person, PARALLEL);
    }

    /** At the linking door, where each of several users wants it, and each of them more than once. */
    @RepeatedTest(ROUNDS)
    void oneAccountIsLinkedToOneOfTheUsersWhoWantIt() {
        String partner = app.provider("partner");
        app.login(partner, Suite.newPerson()); // its keys, too
        Person elsewhere = Suite.newPerson();
        List<Answer> users = IntStream.range(0, USERS)
                .mapToObj(number -> app.plainRequest(acme, Suite.newPerson()).send())
                .toList();
        users.forEach(user -> assertThat(user.status()).as(user.body()).isEqualTo(200));

        List<Answer> answers = comingAgain(number -> Tokens.of(
                doors.link(partner, users.get(number % USERS).accessToken()), Suite.providers(), "partner", elsewhere));

        assertThat(answers).allSatisfy(answer -> {
            if (answer.status() != 200) {
                Refusals.assertRefused(answer, 409, "access_denied", "linked_to_another_user");
            }
        });
        assertThat(answers.stream().filter(answer -> answer.status() == 200))
                .as("of the one user")
                .hasSize(PARALLEL / USERS);
        assertThat(answers.stream()
                        .filter(answer -> answer.json().path("link_created").asBoolean()))
                .hasSize(1);
        assertThat(realm.linked(partner, elsewhere)).hasSize(1);
    }

    @RepeatedTest(ROUNDS)
    void oneContinuationGoesOnOnce() throws InterruptedException, ExecutionException {
        Person nameless = Suite.newPerson().withoutEmail();
        String link = app.link(acme, nameless, "profile_incomplete");
        Visitor browser = new Visitor();
        Map<String, String> form = Visitor.form(browser.get(link));
        String cookie = "social-exchange=" + browser.cookies().get("social-exchange");
        ExecutorService threads = Executors.newFixedThreadPool(PARALLEL);

        List<Callable<HttpResponse<String>>> clicks = IntStream.range(0, PARALLEL)
                .<Callable<HttpResponse<String>>>mapToObj(
                        number -> () -> new Visitor().with("Cookie", cookie).post(link, form))
                .toList();
        List<Future<HttpResponse<String>>> answers = threads.invokeAll(clicks);
        threads.shutdown();

        int goneOn = 0;
        for (Future<HttpResponse<String>> answer : answers) {
            assertThat(answer.get().statusCode()).isIn(303, 400);
            goneOn += answer.get().statusCode() == 303 ? 1 : 0;
        }
        assertThat(goneOn).isEqualTo(1);
        assertThat(realm.linked(acme, nameless)).isEmpty();
    }

    private static void assertOneSucceeds(List<Answer> answers, String reasonOfTheOthers) {
        List<Answer> refused =
                answers.stream().filter(answer -> answer.status() != 200).toList();
        assertThat(refused).hasSize(PARALLEL - 1);
        refused.forEach(answer -> Refusals.assertRefused(answer, 400, "invalid_request", reasonOfTheOthers));
    }

    private static void assertOneUser(String alias, Person person, int sessions) {
        JsonNode linked = realm.linked(alias, person);
        assertThat(linked).hasSize(1);
        assertThat(realm.admin().usersByEmail(person.email())).hasSize(1);
        assertThat(realm.admin().sessions(linked.path(0).path("id").asText())).hasSize(sessions);
    }

    private static void warm(String alias) {
        Person somebody = Suite.newPerson();
        String nonce = doors.newNonce(app.clientId());
        Answer answer = exchange(alias, tokenWithNonce(somebody, nonce))
                .param("nonce", nonce)
                .send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private static TokenRequest exchange(String alias, String token) {
        return realm.tokens()
                .exchange(alias)
                .as(app.clientId())
                .scope("openid")
                .type(TokenType.ID_TOKEN)
                .subjectToken(token);
    }

    /** With its hash, as SDKs that do it best hand it on. */
    private static String tokenWithNonce(Person person, String nonce) {
        return Suite.providers().acme().idToken("acme-client", person, claims -> claims.put("nonce", sha256(nonce)));
    }

    private static String sha256(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** At once, and then once more, one by one, whoever was told to try again. */
    private static List<Answer> comingAgain(IntFunction<TokenRequest> request) {
        List<TokenRequest> prepared =
                IntStream.range(0, PARALLEL).mapToObj(request).toList();
        List<Answer> answers = new ArrayList<>(atOnce(prepared::get));
        int sentAwayAtOnce = 0;
        for (int number = 0; number < PARALLEL; number++) {
            Answer answer = answers.get(number);
            if (answer.status() == 503) {
                Refusals.assertRefused(answer, 503, "temporarily_unavailable", "server_busy");
                assertThat(answer.header("Retry-After")).hasValue("1");
                sentAwayAtOnce += answer.took().compareTo(PATIENCE) < 0 ? 1 : 0;
                answers.set(number, prepared.get(number).send()); // its token is as good as before
            }
        }
        assertThat(sentAwayAtOnce).isLessThanOrEqualTo(PARALLEL - IN_LINE);
        return answers;
    }

    private static List<Answer> atOnce(IntFunction<TokenRequest> request) {
        List<TokenRequest> prepared =
                IntStream.range(0, PARALLEL).mapToObj(request).toList();
        List<CompletableFuture<Answer>> pending =
                prepared.stream().map(TokenRequest::sendAsync).toList();
        return pending.stream().map(CompletableFuture::join).toList();
    }
}
