package dev.socialexchange.keycloak.it.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.thirdparty.Fault;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.it.support.Answer;
import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.OwnRealm;
import dev.socialexchange.keycloak.it.support.RawRequest;
import dev.socialexchange.keycloak.it.support.RealHosts;
import dev.socialexchange.keycloak.it.support.Suite;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.Tokens;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.net.URI;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/** A realm in which something is set up wrongly, beside somebody else's extension; its users need no address and no names. */
final class FaultyRealm {
    /** The origin of {@link Suite#SPA}'s front end. */
    static final String ORIGIN = "http://localhost:8090";

    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 409, 503);

    private final OwnRealm realm;
    private final String flow;

    private FaultyRealm(OwnRealm realm) {
        this.realm = realm;
        flow = realm.flow("idp-create-user-if-unique");
        ObjectNode profile = (ObjectNode) realm.admin().get("/users/profile");
        profile.withArray("/attributes").forEach(attribute -> {
            ((ObjectNode) attribute).remove("required");
            attribute.withObject("/validations").remove("username-prohibited-characters");
        });
        realm.admin().put("/users/profile", profile.put("unmanagedAttributePolicy", "ENABLED"));
    }

    static FaultyRealm create() {
        return new FaultyRealm(RealHosts.realm());
    }

    OwnRealm realm() {
        return realm;
    }

    // providers

    /** A provider like one of the demo realm's, or of a described type, which creates users and asks nothing. */
    String provider(String kind, Consumer<ObjectNode> change) {
        Consumer<ObjectNode> own = provider -> {
            provider.put("firstBrokerLoginFlowAlias", flow).put("trustEmail", true);
            provider.withObject("/config").put("syncMode", "FORCE");
            change.accept(provider);
        };
        return realm.admin()
                        .get("/identity-provider/instances")
                        .findValuesAsText("alias")
                        .contains(kind)
                ? realm.provider(kind, own)
                : described(kind, own);
    }

    String provider(String kind) {
        return provider(kind, provider -> {});
    }

    private String described(String type, Consumer<ObjectNode> change) {
        DataProvider simulated = RealHosts.providers().described(type);
        ObjectNode provider = (ObjectNode) Json.lenient("{}");
        String alias = Suite.unique(type);
        provider.put("alias", alias).put("providerId", type).put("enabled", true);
        provider.putObject("config")
                .put("clientId", simulated.clientId())
                .put("clientSecret", simulated.secret(simulated.clientId()))
                .put("exchangeClients", Suite.SPA);
        simulated.data().settings().forEach(provider.withObject("/config")::put);
        change.accept(provider);
        realm.admin().createIdentityProvider(provider);
        return alias;
    }

    /** What neither the console nor the admin API would write. */
    void unvalidated(String path, Object body) {
        Answer answer = RawRequest.to(URI.create(
                        "%s/realms/%s/unvalidated/%s".formatted(realm.server().url(), realm.name(), path)))
                .method("PUT")
                .json(Json.write(body))
                .send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(204);
    }

    // people and their requests

    static Person newPerson() {
        String name = Suite.unique("person");
        return RealHosts.providers()
                .people()
                .add(Person.unknown("Zoë").withUsername(name).withEmail(name + "@example.org", true));
    }

    TokenRequest request(String alias, Person person) {
        return Tokens.of(
                realm.tokens().exchange(alias).as(Suite.SPA).origin(ORIGIN).scope("openid"),
                RealHosts.providers(),
                alias,
                person);
    }

    Answer login(String alias, Person person) {
        Answer answer = request(alias, person).send();
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    // what came of it

    /** Tokens, or the contract's refusal. */
    static void assertContract(Answer answer) {
        if (answer.status() == 200) {
            assertThat(answer.accessToken()).as(answer.body()).isNotEmpty();
        } else {
            assertThat(REFUSALS).as(answer.body()).contains(answer.status());
            assertThat(answer.error()).as(answer.body()).isNotEmpty();
            assertThat(answer.text("error_description")).as(answer.body()).isNotEmpty();
            assertThat(answer.errorReason()).as(answer.body()).isNotEmpty();
            assertThat(answer.body()).doesNotContain(Fault.ADDRESS);
        }
        assertThat(answer.header("Access-Control-Allow-Origin"))
                .as(answer.body())
                .contains(ORIGIN);
        assertThat(answer.header("Cache-Control").orElse("")).as(answer.body()).contains("no-store");
        assertThat(answer.header("Content-Type").orElse("")).startsWith("application/json");
    }

    /** The same of a door that issues no tokens. */
    static void assertContractOfDoor(Answer answer) {
        if (answer.status() != 200) {
            assertContract(answer);
        }
    }

    static void assertFaulty(Answer answer) {
        assertContract(answer);
        assertThat(answer.status() + " " + answer.error() + " " + answer.errorReason())
                .as(answer.body())
                .isEqualTo("403 access_denied setup_faulty");
    }

    /** Refused for what this fault means, and the event names what has to be mended. */
    void assertRefused(Answer answer, Fault fault, String named) {
        assertContract(answer);
        switch (fault) {
            case DUPLICATE -> {
                assertThat(answer.errorReason()).as(answer.body()).isEqualTo("profile_incomplete");
                assertThat(lastReason()).isEqualTo("profile_incomplete: profile_clashes");
            }
            case DATABASE_GONE, CONNECTION_LOST, COMMIT_LOST -> {
                assertThat(answer.status() + " " + answer.errorReason())
                        .as(answer.body())
                        .isEqualTo("503 server_busy");
                assertThat(answer.header("Retry-After")).isPresent();
                assertThat(lastReason()).isEqualTo("server_busy: database");
            }
            case READ_ONLY -> assertFaulty(answer, named + ": user_storage_read_only");
            default -> assertFaulty(answer, named);
        }
    }

    /** Refused, and the event names what has to be mended. */
    void assertFaulty(Answer answer, String named) {
        assertFaulty(answer);
        assertThat(lastReason()).isEqualTo("setup_faulty: " + named);
    }

    /** The reason of the newest refusal's event. */
    String lastReason() {
        return lastError().path("details").path("reason").asText();
    }

    JsonNode lastError() {
        return realm.admin().events("type=TOKEN_EXCHANGE_ERROR&max=1").path(0);
    }

    /** A first login that was refused has left nobody. */
    void assertNobody(String alias, Person person) {
        assertThat(realm.linked(alias, person))
                .as("users linked to the account")
                .isEmpty();
        assertThat(realm.admin().userByUsername(person.username())).as("user").isEmpty();
    }

    /** The settings of a mapper as they are, and those that a test changes. */
    void configureMapper(String alias, ObjectNode mapper, Map<String, String> config) {
        ObjectNode changed = mapper.deepCopy();
        changed.set("config", Json.tree(config));
        realm.admin()
                .put(
                        "/identity-provider/instances/" + alias + "/mappers/"
                                + mapper.path("id").asText(),
                        changed);
    }

    /** A mapper with these settings; answers it as it is stored. */
    ObjectNode mapper(String alias, String type, Map<String, String> config) {
        realm.mapper(alias, type, "INHERIT", config);
        JsonNode mappers = realm.admin().get("/identity-provider/instances/" + alias + "/mappers");
        return (ObjectNode) mappers.get(mappers.size() - 1);
    }
}
