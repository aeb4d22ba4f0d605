package dev.socialexchange.keycloak.it.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.ConformanceRealm;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.TwoNodes;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Two nodes, and a realm on them that people sign in to.
 *
 * @param here the realm at the first node
 * @param there the same at the second one, which is the one that suffers
 * @param alias of a provider of id_tokens
 */
record Cluster(TwoNodes nodes, OwnRealm here, OwnRealm there, App app, String alias) implements AutoCloseable {
    static final int BUSY = 503;
    static final int TOKENS = 40;

    /** @param run names folders and logs */
    static Cluster start(String run) {
        TwoNodes nodes = TwoNodes.start(run);
        OwnRealm here = OwnRealm.create(nodes.first(), Suite.providers().url(), realm -> {});
        App app = App.of(here, client -> client.putArray("webOrigins").add(ConformanceRealm.ORIGIN));
        Cluster cluster = new Cluster(nodes, here, here.at(nodes.second()), app, app.provider("acme"));
        cluster.warmUp();
        return cluster;
    }

    /** So that both know the provider's keys. */
    private void warmUp() {
        for (OwnRealm node : List.of(here, there)) {
            Answer answer = exchange(node, idToken(Suite.newPerson())).send();
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        }
    }

    /** After the second one has died. */
    void bringBack() {
        nodes.startAgain(nodes.second());
        warmUp();
    }

    TokenRequest exchange(OwnRealm node, String token) {
        return node.request(app.clientId(), alias, TokenType.ID_TOKEN, token);
    }

    String idToken(Person person) {
        return Suite.providers().acme().idToken("acme-client", person);
    }

    List<String> tokensOfNewPeople() {
        return Stream.generate(() -> idToken(Suite.newPerson())).limit(TOKENS).toList();
    }

    /** As if a load balancer in front of both nodes had sent it to the second one. */
    String there(String url) {
        return url.replace(here.server().url().toString(), there.server().url().toString());
    }

    /** Whoever was told to come again gets in with the same token, as soon as all is well. */
    void assertRecovery(List<String> tokens, List<Answer> answers) {
        long start = System.nanoTime();
        List<String> left = new ArrayList<>();
        for (int i = 0; i < tokens.size(); i++) {
            if (answers.get(i).status() == BUSY) {
                left.add(tokens.get(i));
            }
        }
        int missed = left.size();
        while (!left.isEmpty() && System.nanoTime() - start < TimeUnit.SECONDS.toNanos(120)) {
            left.removeIf(token -> exchange(here, token).send().status() == 200);
            pause(500);
        }
        System.out.printf(
                "%d of %d told to come again, all in after %.1f s%n",
                missed, tokens.size(), (System.nanoTime() - start) / 1e9);
        assertThat(left).as("locked out").isEmpty();
    }

    static void assertOf(List<Answer> answers, Integer... statuses) {
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.status()).as(answer.body()).isIn((Object[]) statuses);
            if (answer.status() == BUSY) {
                assertBusy(answer);
            }
        });
    }

    static void assertBusy(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(BUSY);
        assertThat(answer.errorReason()).as(answer.body()).isEqualTo("server_busy");
        assertThat(answer.header("Retry-After")).isPresent();
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        nodes.close();
    }
}
