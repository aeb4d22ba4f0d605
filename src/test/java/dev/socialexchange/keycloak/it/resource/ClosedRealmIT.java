package dev.socialexchange.keycloak.it.resource;

import static dev.socialexchange.keycloak.it.support.Refusals.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Doors;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.it.support.Visitor;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Where the token endpoint is closed, so is every door beside it. */
class ClosedRealmIT {
    private static final String ORIGIN = "https://front.example";

    private OwnRealm realm;
    private Doors doors;
    private App app;
    private String acme;
    private String partner;
    private Person elsewhere;
    private String accessToken;

    @BeforeEach
    void createRealm() {
        realm = OwnRealm.create();
        doors = new Doors(realm);
        app = App.of(realm, client -> client.putArray("webOrigins").add(ORIGIN));
        acme = app.provider("acme");
        partner = app.provider("partner");
        accessToken = app.plainRequest(acme, Suite.newPerson()).send().accessToken();
        elsewhere = Suite.newPerson();
    }

    enum DoorOf {
        NONCE,
        PROVIDERS,
        LINKS
    }

    enum Closed {
        DISABLED("access_denied", "realm_disabled", realm -> realm.put("enabled", false)),
        HTTPS("invalid_request", "https_required", realm -> realm.put("sslRequired", "all"));

        private final String error;
        private final String reason;
        private final Consumer<ObjectNode> close;

        Closed(String error, String reason, Consumer<ObjectNode> close) {
            this.error = error;
            this.reason = reason;
            this.close = close;
        }
    }

    static Stream<Arguments> doorsAndConditions() {
        return Arrays.stream(DoorOf.values())
                .flatMap(door -> Arrays.stream(Closed.values()).map(closed -> arguments(door, closed)));
    }

    @ParameterizedTest
    @MethodSource("doorsAndConditions")
    void refusesWhatTheTokenEndpointRefuses(DoorOf door, Closed closed) {
        assertThat(ask(door).status()).isEqualTo(200);
        realm.admin().updateRealm(closed.close);

        Answer keycloaks = app.plainRequest(acme, Suite.newPerson()).send();
        Answer answer = ask(door);

        assertRefused(answer, 403, closed.error, closed.reason);
        assertThat(answer.header("Access-Control-Allow-Origin")).contains(ORIGIN);
        assertThat(keycloaks.status()).as(keycloaks.body()).isEqualTo(answer.status());
        assertThat(keycloaks.error()).isEqualTo(answer.error());
    }

    @ParameterizedTest
    @EnumSource(Closed.class)
    void nothingIsLinkedThroughAClosedDoor(Closed closed) {
        realm.admin().updateRealm(closed.close);

        ask(DoorOf.LINKS);

        realm.admin().updateRealm(settings -> settings.put("enabled", true).put("sslRequired", "external"));
        assertThat(realm.linked(partner, elsewhere)).isEmpty();
        assertThat(ask(DoorOf.LINKS).status()).as("the token is still good").isEqualTo(200);
    }

    @ParameterizedTest
    @EnumSource(Closed.class)
    void aContinuationGoesNowhereWhileTheRealmIsClosed(Closed closed) {
        Person nameless = Suite.newPerson().withoutEmail();
        String link = app.link(acme, nameless, "profile_incomplete");
        Visitor visitor = new Visitor();
        HttpResponse<String> open = visitor.get(link);
        realm.admin().updateRealm(closed.close);

        HttpResponse<String> page = visitor.get(link);
        HttpResponse<String> goOn = visitor.post(link, Visitor.form(open));

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.body()).doesNotContain("kc-continue");
        assertThat(goOn.statusCode()).isEqualTo(400);
        assertThat(realm.linked(acme, nameless)).isEmpty();
    }

    /** Keycloak's own answers to an exchange: without error_reason, and no less closed. */
    @ParameterizedTest
    @CsvSource({"enabled, false", "bearerOnly, true", "protocol, saml"})
    void aClientThatCannotAskForTokensGetsNeitherNoncesNorProviders(String setting, String value) {
        realm.admin().updateClient(app.clientId(), client -> {
            if (value.equals("saml")) {
                client.put(setting, value);
            } else {
                client.put(setting, Boolean.parseBoolean(value));
            }
        });

        assertThat(app.plainRequest(acme, Suite.newPerson()).send().status()).isBetween(400, 403);
        assertRefused(ask(DoorOf.NONCE), 400, "invalid_request", "parameter_invalid");
        assertRefused(ask(DoorOf.PROVIDERS), 400, "invalid_request", "parameter_invalid");
    }

    @Test
    void aDisabledClientLinksNothing() {
        realm.admin().updateClient(app.clientId(), client -> client.put("enabled", false));

        assertRefused(ask(DoorOf.LINKS), 401, "invalid_token", "access_token_invalid");
        assertThat(realm.linked(partner, elsewhere)).isEmpty();
    }

    @Test
    void preflightsAreAnsweredAllTheSame() {
        realm.admin().updateRealm(Closed.DISABLED.close);

        for (String path : new String[] {"nonce", "providers", "links/" + partner}) {
            assertThat(doors.preflight(path, ORIGIN).status()).isEqualTo(204);
        }
    }

    private Answer ask(DoorOf door) {
        return switch (door) {
            case NONCE -> doors.nonce(app.clientId()).origin(ORIGIN).send();
            case PROVIDERS -> doors.providers(app.clientId(), Map.of("Origin", ORIGIN));
            case LINKS ->
                Tokens.of(doors.link(partner, accessToken).origin(ORIGIN), Suite.providers(), "partner", elsewhere)
                        .send();
        };
    }
}
