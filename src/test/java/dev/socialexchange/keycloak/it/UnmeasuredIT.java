package dev.socialexchange.keycloak.it;

import static dev.socialexchange.keycloak.it.support.Exchanges.assertTokens;
import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.ServerOptions;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.it.support.WithOneKeycloak;
import dev.socialexchange.keycloak.simulator.Fault;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A server without metrics, Keycloak's default, that has left out traces as well: whatever is counted elsewhere happens here unseen. */
@WithOneKeycloak
class UnmeasuredIT {
    private static final Simulator PROVIDERS = Simulator.start(0);
    private static KeycloakServer server;
    private static OwnRealm realm;
    private static App app;
    private static int begun;

    @BeforeAll
    static void start() throws IOException {
        server = KeycloakServer.start(ServerOptions.run("it-unmeasured")
                .withoutRealm()
                .withoutMetrics()
                .buildOption("--features-disabled=opentelemetry")
                .progress(System.out::println));
        realm = OwnRealm.create(server, PROVIDERS.url(), ignored -> {});
        app = App.of(realm);
        begun = log().size();
    }

    @AfterAll
    static void stop() {
        server.close();
        PROVIDERS.close();
    }

    @Test
    void everythingThatIsCountedElsewhereWorksAndNothingIsLogged() throws IOException {
        Doors doors = new Doors(realm);
        Answer tokens = null;
        for (String like : List.of("google", "github", "facebook", "acme")) {
            tokens = exchange(app.provider(like), person());
            assertTokens(tokens);
        }
        assertThat(doors.newNonce(app.clientId())).isNotEmpty();
        assertThat(doors.providers(app.clientId()).status()).isEqualTo(200);

        String acme = app.provider("acme");
        Person person = person();
        String token = PROVIDERS.acme().idToken(PROVIDERS.acme().clientId(), person);
        assertTokens(
                realm.request(app.clientId(), acme, TokenType.ID_TOKEN, token).send());
        assertRefused(
                realm.request(app.clientId(), acme, TokenType.ID_TOKEN, token).send(),
                400,
                "invalid_request",
                "token_replayed");
        Answer asked = app.continuable(Tokens.of(
                        realm.tokens().exchange(acme).as(app.clientId()), PROVIDERS, "acme", person().withoutEmail()))
                .send();
        assertRefused(asked, 400, "interaction_required", "profile_incomplete");
        assertThat(new Visitor().get(asked.text("interaction_uri")).statusCode())
                .isEqualTo(200);

        String throttled =
                app.provider("acme", copy -> copy.withObject("/config").put("exchangeThrottle", "3"));
        Answer last = null;
        for (int i = 0; i < 6; i++) {
            last = realm.request(app.clientId(), throttled, TokenType.ID_TOKEN, "no-token-" + i)
                    .send();
        }
        assertRefused(last, 429, "temporarily_unavailable", "throttled");

        String github = app.provider("github");
        PROVIDERS.fault("api.github.com", null, Fault.status(500));
        assertRefused(exchange(github, person()), 503, "temporarily_unavailable", "provider_unavailable");

        assertThat(new Visitor().get(server.managementUrl() + "/metrics").statusCode())
                .isEqualTo(404);
        assertThat(log().stream().skip(begun))
                .filteredOn(line -> !line.contains("org.keycloak.events")) // a line for each refusal, as Keycloak does
                .as("logged since the start")
                .isEmpty();
    }

    private static Answer exchange(String alias, Person person) {
        return Tokens.of(realm.tokens().exchange(alias).as(app.clientId()).scope("openid"), PROVIDERS, alias, person)
                .send();
    }

    private static Person person() {
        String name = Suite.unique("unmeasured");
        return PROVIDERS.people().add(Person.unknown("Zoë").withUsername(name).withEmail(name + "@example.org", true));
    }

    private static List<String> log() throws IOException {
        return Files.readAllLines(server.log());
    }
}
