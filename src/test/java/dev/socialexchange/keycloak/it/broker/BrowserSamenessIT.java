package dev.socialexchange.keycloak.it.broker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Browser;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RealHosts;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Somebody is the same user whether they come by Keycloak's own browser login or by an exchange, with providers under their
 * real names.
 */
class BrowserSamenessIT {
    private static OwnRealm browsed;
    private static OwnRealm exchanged;

    @BeforeAll
    static void createRealms() {
        browsed = realm();
        exchanged = realm();
    }

    @ParameterizedTest
    @CsvSource({
        "google, id token",
        "google, access token",
        "facebook, access token",
        "github, access token",
        "acme, id token",
        "acme, access token",
        "partner, id token",
        "partner, access token",
        "legacy, access token",
        "custom, access token"
    })
    void browserLoginAndExchangeMakeTheSameUser(String alias, String kind) {
        Person person = RealHosts.newPerson();

        Answer browser = new Browser(browsed, RealHosts.providers().url()).login(alias, person);
        Answer exchange = exchange(exchanged, alias, kind, person);

        assertThat(browser.status()).as(browser.body()).isEqualTo(200);
        assertThat(exchange.status()).as(exchange.body()).isEqualTo(200);
        assertThat(identity(exchanged, exchange, alias)).isEqualTo(identity(browsed, browser, alias));
        assertThat(exchanged
                        .link(exchange.claims().path("sub").asText(), alias)
                        .orElseThrow()
                        .path("userId")
                        .asText())
                .isEqualTo(person.id());
    }

    @ParameterizedTest
    @CsvSource({
        "google, id token",
        "google, access token",
        "facebook, access token",
        "github, access token",
        "acme, id token",
        "partner, access token",
        "legacy, access token"
    })
    void eitherWayFindsTheUserThatTheOtherMade(String alias, String kind) {
        Person browserFirst = RealHosts.newPerson();
        Person exchangeFirst = RealHosts.newPerson();

        Answer made = new Browser(browsed, RealHosts.providers().url()).login(alias, browserFirst);
        Answer found = exchange(browsed, alias, kind, browserFirst);
        Answer madeByExchange = exchange(browsed, alias, kind, exchangeFirst);
        Answer foundByBrowser = new Browser(browsed, RealHosts.providers().url()).login(alias, exchangeFirst);

        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.json().path("user_created").asBoolean(true)).isFalse();
        assertThat(found.claims().path("sub")).isEqualTo(made.claims().path("sub"));
        assertThat(madeByExchange.json().path("user_created").asBoolean()).isTrue();
        assertThat(foundByBrowser.claims().path("sub"))
                .isEqualTo(madeByExchange.claims().path("sub"));
    }

    /** What must not depend on the way; whether the address counts as verified may (our rule is stricter). */
    private static JsonNode identity(OwnRealm realm, Answer tokens, String alias) {
        ObjectNode user = (ObjectNode) realm.user(tokens);
        ObjectNode identity = user.objectNode();
        identity.set("link", realm.link(user.path("id").asText(), alias).orElseThrow());
        for (String field : new String[] {"username", "email", "firstName", "lastName", "attributes"}) {
            identity.set(field, user.path(field));
        }
        assertThat(user.path("attributes").path("mapped").path(0).asText())
                .as("the mapper has set something that could differ")
                .isNotEmpty();
        return identity;
    }

    private static Answer exchange(OwnRealm realm, String alias, String kind, Person person) {
        TokenRequest request = realm.tokens().exchange(alias).as(Suite.SPA).scope("openid");
        return (kind.equals("id token")
                        ? Tokens.of(request, RealHosts.providers(), alias, person)
                        : Tokens.access(request, RealHosts.providers(), alias, person))
                .send();
    }

    /** With the providers' own addresses and a mapper each, whose result is part of what has to be the same. */
    private static OwnRealm realm() {
        OwnRealm realm = RealHosts.realm();
        ObjectNode profile = (ObjectNode) realm.admin().get("/users/profile");
        realm.admin().put("/users/profile", profile.put("unmanagedAttributePolicy", "ENABLED"));
        json(realm, "google", "google-user-attribute-mapper", "picture");
        json(realm, "facebook", "facebook-user-attribute-mapper", "id");
        json(realm, "github", "github-user-attribute-mapper", "login");
        // Keycloak has no mapper that reads the profile of this type
        Map<String, String> constant = Map.of("attribute", "mapped", "attribute.value", "constant");
        realm.mapper("legacy", "hardcoded-attribute-idp-mapper", "INHERIT", constant);
        json(realm, "custom", "social-exchange-user-attribute-mapper", "data.login");
        for (String alias : new String[] {"acme", "partner"}) {
            Map<String, String> config = Map.of("claim", "picture", "user.attribute", "mapped");
            realm.mapper(alias, "oidc-user-attribute-idp-mapper", "INHERIT", config);
        }
        return realm;
    }

    private static void json(OwnRealm realm, String alias, String mapper, String field) {
        realm.mapper(alias, mapper, "INHERIT", Map.of("jsonField", field, "userAttribute", "mapped"));
    }
}
