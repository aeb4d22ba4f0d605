package dev.socialexchange.keycloak.it.resource;

import static dev.socialexchange.keycloak.it.support.SignalPost.RISC;
import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.WaitingMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.BrowserLogin;
import dev.socialexchange.keycloak.it.support.Mailbox;
import dev.socialexchange.keycloak.it.support.OlderKeycloakOnDemand;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.SignalPost;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A provider says something while somebody signs in: what was looked at by then counts no more. */
@OlderKeycloakOnDemand
class SignalDuringLoginIT {
    private static final int PATIENCE_SECONDS = 30;

    private static final Semaphore ARRIVED = new Semaphore(0);
    private static final Semaphore GO_ON = new Semaphore(0);
    private static HttpServer asked;
    private static Mailbox mailbox;
    private static OwnRealm realm;
    private static String alias;

    @BeforeAll
    static void createRealm() throws IOException {
        asked = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        asked.setExecutor(Executors.newCachedThreadPool());
        asked.createContext("/", exchange -> {
            ARRIVED.release();
            await(GO_ON);
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        asked.start();
        mailbox = Mailbox.open();
        realm = OwnRealm.create(settings -> {
            settings.putPOJO("smtpServer", mailbox.settings());
            settings.withArray("/authenticatorConfig").forEach(config -> {
                if (config.path("config").has("linkUnverified")) {
                    ((ObjectNode) config.path("config")).put("linkUnverified", "take-over");
                }
            });
        });
        alias = waiting(provider -> {});
    }

    private static String waiting(Consumer<ObjectNode> change) {
        String provider = realm.provider("acme", copy -> {
            copy.withObject("/config").put("exchangeSignals", "enforce");
            change.accept(copy);
        });
        realm.mapper(
                provider,
                WaitingMapper.ID,
                "FORCE",
                Map.of(
                        WaitingMapper.ADDRESS,
                        "http://localhost:" + asked.getAddress().getPort() + "/"));
        return provider;
    }

    @BeforeEach
    void nobodyIsOnTheWay() {
        ARRIVED.drainPermits();
        GO_ON.drainPermits();
    }

    @AfterAll
    static void stopWaiting() {
        asked.stop(0);
        mailbox.close();
    }

    private static void await(Semaphore semaphore) {
        try {
            assertThat(semaphore.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private static void told(Person person, String event) {
        Answer taken = SignalPost.post(
                realm,
                alias,
                SignalPost.token(person, RISC + event, Instant.now().getEpochSecond(), claims -> {}));
        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource({
        "credential-compromise, interaction_required, link_suspended",
        "account-purged, interaction_required, link_suspended",
        "sessions-revoked, invalid_request, token_invalid"
    })
    void exchangeThatIsUnderWayLeavesNoSession(String event, String error, String reason) {
        Person person = Suite.newPerson();
        String user = realm.user(realm.login(alias, person)).path("id").asText();
        realm.admin().post("/users/" + user + "/logout", Map.of());
        realm.admin().put("/users/" + user + "/reset-password", Map.of("type", "password", "value", "a good one"));
        CompletableFuture<Answer> waiting = realm.request(alias, person).sendAsync();
        await(ARRIVED);

        told(person, event);
        GO_ON.release();
        Answer refused = waiting.join();

        assertThat(refused.status()).as(refused.body()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo(error);
        assertThat(refused.errorReason()).isEqualTo(reason);
        assertThat(realm.admin()
                        .events("type=TOKEN_EXCHANGE_ERROR&max=1")
                        .path(0)
                        .path("details")
                        .path("reason")
                        .asText())
                .startsWith(reason);
        assertThat(realm.admin().sessions(user)).isEmpty();
    }

    /** Keycloak has made its answer by the time when it is known. */
    @Test
    void browserLoginThatIsUnderWayLeavesNoSession() {
        Person person = Suite.newPerson();
        String user = realm.user(realm.login(alias, person)).path("id").asText();
        realm.admin().post("/users/" + user + "/logout", Map.of());
        CompletableFuture<Answer> waiting = CompletableFuture.supplyAsync(
                () -> new BrowserLogin(realm.tokens(), Suite.providers().url()).signIn(Suite.SPA, alias, person.id()));
        await(ARRIVED);

        told(person, "credential-compromise");
        GO_ON.release();

        assertThat(waiting.join().error()).isEqualTo("invalid_grant");
        assertThat(realm.admin().sessions(user)).isEmpty();
    }

    /** The owner of the mailbox was talked into the link, and undoes it. */
    @Test
    void exchangeThatIsUnderWayWhileItsLinkIsUndoneLeavesNoSession() {
        String linking = waiting(provider -> provider.put("firstBrokerLoginFlowAlias", "social exchange first login"));
        Person person = Suite.newPerson();
        String user = realm.user(Suite.unique("owner"), person.email(), account -> account.put("emailVerified", true));
        GO_ON.release(); // whoever is linked is brought up to date
        assertThat(realm.login(linking, person).claims().path("sub").asText()).isEqualTo(user);
        ARRIVED.drainPermits();
        GO_ON.drainPermits();
        String link = Mailbox.link(mailbox.next(person.email()));
        CompletableFuture<Answer> waiting = realm.request(linking, person).sendAsync();
        await(ARRIVED);

        assertThat(new Visitor().post(link, Map.of()).statusCode()).isEqualTo(200);
        GO_ON.release();
        Answer refused = waiting.join();

        assertThat(refused.status()).as(refused.body()).isEqualTo(503);
        assertThat(refused.error()).isEqualTo("temporarily_unavailable");
        assertThat(refused.errorReason()).isEqualTo("server_busy");
        assertThat(realm.link(user, linking)).isEmpty();
        assertThat(realm.admin().sessions(user)).isEmpty();
    }

    /** Somebody has registered under another person's address, and comes once more while that person comes for the first time. */
    @Test
    void exchangeThatIsUnderWayWhileTheAccountIsTakenOverLeavesNoSession() {
        Person owner = Suite.newPerson();
        Person squatter = Suite.newPerson();
        String user =
                realm.user(Suite.unique("squatter"), owner.email(), account -> account.put("emailVerified", false));
        realm.admin()
                .post(
                        "/users/" + user + "/federated-identity/" + alias,
                        Map.of("identityProvider", alias, "userId", squatter.id(), "userName", "squatter"));
        String owners = realm.providerWithFirstFlow("acme", "social exchange first login");
        CompletableFuture<Answer> waiting = realm.request(alias, squatter).sendAsync();
        await(ARRIVED);

        Answer taken = realm.login(owners, owner);
        GO_ON.release();
        Answer refused = waiting.join();

        assertThat(taken.claims().path("sub").asText()).isEqualTo(user);
        assertThat(realm.link(user, alias)).isEmpty();
        assertThat(refused.errorReason()).as(refused.body()).isEqualTo("server_busy");
        assertThat(realm.admin().sessions(user)).as("the owner's").hasSize(1);
    }
}
