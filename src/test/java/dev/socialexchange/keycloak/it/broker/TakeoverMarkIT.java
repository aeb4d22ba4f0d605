package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.Chromium;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.Tab;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URI;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nobody removes or forges the mark of a take-over, in a realm where people have attributes of their own choice. */
class TakeoverMarkIT {
    private static final String MARK = "social-exchange.taken-over";
    private static final String PASSWORD = "squatted";

    private static OwnRealm realm;
    private static App app;
    private static String alias;

    @BeforeAll
    static void createRealm() {
        realm = OwnRealm.create(settings -> {
            settings.put("registrationAllowed", true);
            settings.withArray("/authenticatorConfig").forEach(config -> {
                if (config.path("config").has("linkUnverified")) {
                    ((ObjectNode) config.path("config")).put("linkUnverified", "take-over");
                }
            });
        });
        ObjectNode profile = (ObjectNode) realm.admin().get("/users/profile");
        realm.admin().put("/users/profile", profile.put("unmanagedAttributePolicy", "ENABLED"));
        app = App.of(realm, client -> client.put("directAccessGrantsEnabled", true));
        alias = app.provider("acme", copy -> copy.put("firstBrokerLoginFlowAlias", "social exchange first login"));
    }

    /**
     * Somebody has set up an account under the person's address.
     *
     * @param since in seconds since the epoch
     */
    private record Squatted(Person person, String username, String user, long since) {
        static Squatted create() {
            Person person = Suite.newPerson();
            String name = Suite.unique("squatter");
            String user = realm.user(name, person.email(), account -> account.put("emailVerified", false)
                    .putArray("credentials")
                    .addObject()
                    .put("type", "password")
                    .put("value", PASSWORD));
            return new Squatted(person, name, user, now());
        }

        Answer takeOver() {
            Answer answer = app.plainRequest(alias, person).send();
            assertThat(answer.claims().path("sub").asText()).as(answer.body()).isEqualTo(user);
            assertThat(mark()).isNotEmpty();
            return answer;
        }

        /** Nobody is shown it, but it can be searched for. */
        String mark() {
            return LongStream.rangeClosed(since, now())
                    .mapToObj(String::valueOf)
                    .filter(time -> marked(time).contains(user))
                    .findFirst()
                    .orElse("");
        }
    }

    private static long now() {
        return Instant.now().getEpochSecond();
    }

    /** Users with this mark. */
    private static List<String> marked(String time) {
        return realm.admin().get("/users?q=" + MARK + ":" + time).findValuesAsText("id");
    }

    @Test
    void formOfALoginThatWaitsOnAPageMeanwhileDoesNotChangeIt() {
        Squatted squatted = Squatted.create();
        realm.admin().updateUser(squatted.user(), account -> account.putArray("requiredActions")
                .add("UPDATE_PROFILE"));
        Tab waiting = Chromium.newBrowser().open(app.loginUrl());
        waiting.types("#username", squatted.username())
                .types("#password", PASSWORD)
                .clicks("#kc-login")
                .has("#firstName");

        squatted.takeOver();
        String mark = squatted.mark();
        forge(waiting, "#kc-update-profile-form", "1");
        waiting.sends("[type=submit]").has("#kc-update-profile-form"); // once more, and refused
        assertThat(squatted.mark()).isEqualTo(mark);
        waiting.clicks("[type=submit]");

        URI address = URI.create(waiting.arrivesAt(app.redirectUri()));
        assertThat(squatted.mark()).isEqualTo(mark);
        Answer tokens = realm.tokens()
                .grant("authorization_code")
                .as(app.clientId())
                .param("code", App.parameter(address, "code").orElseThrow())
                .param("redirect_uri", app.redirectUri())
                .send();
        assertThat(tokens.status()).as(tokens.body()).isEqualTo(400);
        assertThat(realm.admin().sessions(squatted.user()))
                .as("the owner's alone")
                .hasSize(1);
    }

    @Test
    void accountApiNeitherChangesNorRemovesIt() {
        Squatted squatted = Squatted.create();
        Answer owner = squatted.takeOver();
        String mark = squatted.mark();
        Map<String, Object> names = Map.of(
                "username",
                squatted.username(),
                "email",
                squatted.person().email(),
                "firstName",
                "Ada",
                "lastName",
                "L");

        Answer removed = account(owner, with(names, Map.of("colour", List.of("blue"))));
        Answer changed = account(owner, with(names, Map.of(MARK, List.of("1"))));

        assertThat(removed.status()).as(removed.body()).isEqualTo(204);
        assertThat(realm.admin()
                        .user(squatted.user())
                        .path("attributes")
                        .path("colour")
                        .path(0)
                        .asText())
                .as("other attributes are the person's")
                .isEqualTo("blue");
        assertThat(changed.status()).isEqualTo(400);
        assertThat(squatted.mark()).isEqualTo(mark);
    }

    @Test
    void nobodyWritesItForThemselves() {
        String name = Suite.unique("forger");
        String user = realm.user(name, name + "@example.org", account -> account.putArray("credentials")
                .addObject()
                .put("type", "password")
                .put("value", PASSWORD));
        Answer tokens = realm.tokens()
                .password(name, PASSWORD)
                .as(app.clientId())
                .scope("openid")
                .send();
        Map<String, Object> names =
                Map.of("username", name, "email", name + "@example.org", "firstName", "Ada", "lastName", "L");

        Answer forged = account(tokens, with(names, Map.of(MARK, List.of("99999999999"))));

        assertThat(forged.status()).as(forged.body()).isEqualTo(400);
        assertThat(marked("99999999999")).doesNotContain(user);
    }

    @Test
    void nobodyRegistersWithIt() {
        String name = Suite.unique("forger");
        Tab browser = Chromium.newBrowser()
                .open(app.loginUrl()
                        .replace("/protocol/openid-connect/auth", "/protocol/openid-connect/registrations"));
        browser.types("#username", name)
                .types("#email", name + "@example.org")
                .types("#password", PASSWORD)
                .types("#password-confirm", PASSWORD)
                .types("#firstName", "Ada")
                .types("#lastName", "L");
        forge(browser, "#kc-register-form", "99999999999");

        browser.sends("[type=submit]").has("#kc-register-form");

        assertThat(marked("99999999999")).isEmpty();
    }

    @Test
    void administratorWhoSavesAUserKeepsIt() {
        Squatted squatted = Squatted.create();
        squatted.takeOver();
        String mark = squatted.mark();

        realm.admin().updateUser(squatted.user(), account -> account.putObject("attributes")
                .putArray("colour")
                .add("blue"));

        assertThat(squatted.mark()).isEqualTo(mark);
    }

    /** Adds a field to the page's form. */
    private static void forge(Tab browser, String form, String value) {
        browser.has(form)
                .evaluate(
                        """
                        const forged = document.createElement('input');
                        forged.id = 'forged';
                        forged.name = 'user.attributes.%s';
                        forged.value = '%s';
                        document.querySelector('%s').append(forged);
                        ''"""
                                .formatted(MARK, value, form));
    }

    private static Map<String, Object> with(Map<String, Object> names, Map<String, Object> attributes) {
        Map<String, Object> account = new HashMap<>(names);
        account.put("attributes", attributes);
        return account;
    }

    private static Answer account(Answer tokens, Map<String, Object> representation) {
        return RawRequest.to(URI.create(realm.server().url() + "/realms/" + realm.name() + "/account"))
                .header("Authorization", "Bearer " + tokens.accessToken())
                .json(Json.write(representation))
                .send();
    }
}
