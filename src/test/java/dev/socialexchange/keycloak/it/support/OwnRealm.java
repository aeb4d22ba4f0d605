package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A copy of the demo realm, without its users, for tests whose subject is a setting of the realm itself. */
public final class OwnRealm {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+):([^}]*)}");

    private final KeycloakServer server;
    private final AdminApi admin;
    private final TokenEndpoint tokens;

    private OwnRealm(KeycloakServer server, String name) {
        this.server = server;
        this.admin = server.admin(name);
        this.tokens = new TokenEndpoint(server.url(), name);
    }

    public static OwnRealm create() {
        return create(realm -> {});
    }

    public static OwnRealm create(Consumer<ObjectNode> change) {
        return create(Suite.keycloak(), Suite.providers().url(), change);
    }

    public static OwnRealm create(KeycloakServer server, String simulatorUrl, Consumer<ObjectNode> change) {
        String name = Suite.unique("realm");
        ObjectNode realm = (ObjectNode) Json.lenient(resolved(simulatorUrl));
        realm.put("realm", name);
        realm.remove("users");
        // hashing passwords takes most of a login's time, and is nobody's subject here
        realm.put("passwordPolicy", "hashIterations(1)");
        change.accept(realm);
        new AdminHttp(server.url(), server.adminCredentials()).post("", realm);
        return new OwnRealm(server, name);
    }

    /** Keycloak resolves these only in files that it imports at its start. */
    private static String resolved(String simulatorUrl) {
        try {
            Matcher placeholders = PLACEHOLDER.matcher(Files.readString(Workspace.realmFile()));
            return placeholders.replaceAll(found ->
                    Matcher.quoteReplacement(found.group(1).equals("SIMULATOR_URL") ? simulatorUrl : found.group(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same realm, as another node has it. */
    public OwnRealm at(KeycloakServer node) {
        return new OwnRealm(node, name());
    }

    public String name() {
        return tokens.realm();
    }

    public AdminApi admin() {
        return admin;
    }

    public TokenEndpoint tokens() {
        return tokens;
    }

    public KeycloakServer server() {
        return server;
    }

    // identity providers

    /** A copy of one of the realm's identity providers under an alias of its own; the change sees the representation. */
    public String provider(String like, Consumer<ObjectNode> change) {
        String alias = Suite.unique(like);
        ObjectNode copy = admin.identityProvider(like).deepCopy();
        copy.remove("internalId");
        copy.put("alias", alias);
        copy.withObject("/config").put("clientSecret", Tokens.secret(like));
        change.accept(copy);
        admin.createIdentityProvider(copy);
        return alias;
    }

    public String provider(String like, Map<String, String> settings) {
        return provider(like, copy -> settings.forEach(copy.withObject("/config")::put));
    }

    /** Who first comes by this provider goes through this flow. */
    public String providerWithFirstFlow(String like, String flow) {
        return provider(like, copy -> copy.put("firstBrokerLoginFlowAlias", flow));
    }

    public void mapper(String alias, String type, String syncMode, Map<String, String> config) {
        ObjectNode mapper = (ObjectNode) Json.lenient("{\"config\":{}}");
        mapper.put("name", Suite.unique(type))
                .put("identityProviderAlias", alias)
                .put("identityProviderMapper", type);
        mapper.withObject("/config").put("syncMode", syncMode);
        config.forEach(mapper.withObject("/config")::put);
        admin.createIdentityProviderMapper(alias, mapper);
    }

    /** A flow of its own name, all of whose steps are required. */
    public String flow(String... authenticators) {
        String flow = Suite.unique("flow");
        admin.createFlow(flow);
        for (String authenticator : authenticators) {
            admin.addExecution(flow, authenticator);
        }
        return flow;
    }

    // exchanges

    public TokenRequest request(String alias, Person person) {
        return request(Suite.SPA, alias, person);
    }

    /** As another public client. */
    public TokenRequest request(String clientId, String alias, Person person) {
        return Tokens.of(tokens.exchange(alias).as(clientId).scope("openid"), alias, person);
    }

    /** With a token of whatever kind, and whoever's. */
    public TokenRequest request(String clientId, String alias, String type, String token) {
        return tokens.exchange(alias)
                .as(clientId)
                .type(type)
                .subjectToken(token)
                .scope("openid");
    }

    public Answer exchange(String alias, Person person) {
        return request(alias, person).send();
    }

    /** An exchange that is expected to succeed. */
    public Answer login(String alias, Person person) {
        Answer answer = exchange(alias, person);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    /** An organisation that a provider belongs to; answers its id. */
    public String organization(String alias) {
        String name = Suite.unique("organization");
        String id = admin.post(
                "/organizations",
                Map.of(
                        "name",
                        name,
                        "alias",
                        name,
                        "domains",
                        List.of(Map.of("name", name + ".example", "verified", false))));
        admin.post("/organizations/" + id + "/identity-providers", alias);
        return id;
    }

    // users

    /** A local user; answers the id. */
    public String user(String username, String email, Consumer<ObjectNode> change) {
        ObjectNode user = (ObjectNode) Json.lenient("{}");
        user.put("username", username)
                .put("email", email)
                .put("enabled", true)
                .put("emailVerified", true)
                .put("firstName", "Local")
                .put("lastName", "User");
        change.accept(user);
        return admin.createUser(user);
    }

    public JsonNode user(Answer tokens) {
        return admin.user(tokens.claims().path("sub").asText());
    }

    public JsonNode linked(String alias, Person person) {
        return admin.usersByLink(alias, person.id());
    }

    public Optional<JsonNode> link(String userId, String alias) {
        for (JsonNode link : admin.federatedIdentities(userId)) {
            if (alias.equals(link.path("identityProvider").asText())) {
                return Optional.of(link);
            }
        }
        return Optional.empty();
    }

    /** How many sessions there are, of whomever. */
    public int sessions() {
        int sessions = 0;
        for (JsonNode client : admin.get("/client-session-stats")) {
            sessions += client.path("active").asInt() + client.path("offline").asInt();
        }
        return sessions;
    }

    /** What an exchange could leave behind. */
    public record Traces(int users, int sessions) {}

    public Traces traces() {
        return new Traces(admin.countUsers(), sessions());
    }

    /** The refusal's answer and event are as documented, and the realm is as it was before. */
    public void assertRefused(
            Answer answer, int status, String error, String reason, Traces before, List<String> linksThatMustNotBe) {
        Refusals.assertRefused(answer, status, error, reason);
        assertThat(lastReason()).as("reason of the newest error event").startsWith(reason);
        assertThat(traces()).as("users and sessions of the realm").isEqualTo(before);
        for (String link : linksThatMustNotBe) {
            String[] parts = link.split("/", 2);
            assertThat(admin.usersByLink(parts[0], parts[1]))
                    .as("users linked to %s", link)
                    .isEmpty();
        }
    }

    private String lastReason() {
        return admin.events("type=TOKEN_EXCHANGE_ERROR&max=1")
                .path(0)
                .path("details")
                .path("reason")
                .asText();
    }

    /** Exchanges, and expects a refusal that leaves nothing: no user, no link, no session. */
    public Answer assertRefuses(String alias, Person person, int status, String error, String reason) {
        Traces before = traces();
        Answer answer = exchange(alias, person);
        assertRefused(answer, status, error, reason, before, List.of(alias + "/" + person.id()));
        return answer;
    }

    public Answer assertAsksForInteraction(String alias, Person person, String reason) {
        return assertRefuses(alias, person, 400, "interaction_required", reason);
    }
}
