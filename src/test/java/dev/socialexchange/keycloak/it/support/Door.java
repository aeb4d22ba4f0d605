package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.simulator.Person;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A client of one test's own and an identity provider, a copy of {@code acme}, that is open for this client alone.
 *
 * @param secret null for a public client
 */
public record Door(String clientId, String secret, String alias) {

    /** The origin of the client's front end. */
    public static final String ORIGIN = "https://front.example";

    private static final String SECRET = "s3cret & more: %";

    /** For a public client. */
    public static Door open() {
        return open(client -> {});
    }

    public static Door open(Consumer<ObjectNode> client) {
        return open("acme", null, client);
    }

    public static Door confidential() {
        return confidential(client -> {});
    }

    public static Door confidential(Consumer<ObjectNode> client) {
        return open("acme", SECRET, client);
    }

    /** For a copy of another of the demo realm's identity providers. */
    public static Door like(String provider) {
        return open(provider, null, client -> {});
    }

    private static Door open(String like, String secret, Consumer<ObjectNode> change) {
        String clientId = client(Suite.unique("door"), secret, change);
        return new Door(clientId, secret, Suite.identityProvider(like, Map.of("exchangeClients", clientId)));
    }

    /** A client that no provider is open for. */
    public static String client(String clientId, String secret, Consumer<ObjectNode> change) {
        ObjectNode client = JsonNodeFactory.instance.objectNode();
        client.put("clientId", clientId).put("standardFlowEnabled", false).put("publicClient", secret == null);
        client.putArray("webOrigins").add(ORIGIN);
        client.putObject("attributes");
        if (secret != null) {
            client.put("secret", secret);
        }
        change.accept(client);
        Suite.admin().createClient(client);
        return clientId;
    }

    /** An exchange without a subject token, authenticated as the client. */
    public TokenRequest request() {
        return authenticated(Suite.tokens().exchange(alias));
    }

    public TokenRequest authenticated(TokenRequest request) {
        return secret == null ? request.as(clientId) : request.as(clientId, secret);
    }

    /** An exchange of the person's fresh id token. */
    public TokenRequest exchange(Person person) {
        return request().subjectToken(idToken(person)).type(TokenType.ID_TOKEN);
    }

    public Answer refresh(String refreshToken) {
        return authenticated(Suite.tokens().refresh(refreshToken)).send();
    }

    public static String idToken(Person person) {
        return Suite.providers().acme().idToken("acme-client", person);
    }

    /** Newest first. */
    public JsonNode events(String type) {
        return Suite.admin().events("type=" + type + "&client=" + Http.encode(clientId));
    }

    /** The newest event of this type. */
    public JsonNode event(String type) {
        return events(type).path(0);
    }

    /** The only user who is linked to this person's account. */
    public String userId(Person person) {
        return Suite.linked(alias, person.id()).path(0).path("id").asText();
    }

    /** Settings of a client whose access tokens are for these clients. */
    public static Consumer<ObjectNode> reaching(List<String> clientIds) {
        return client -> clientIds.forEach(target -> addMapper(
                client,
                "oidc-audience-mapper",
                Map.of("included.client.audience", target, "access.token.claim", "true")));
    }

    /** A protocol mapper of the client's own. */
    public static void addMapper(ObjectNode client, String type, Map<String, String> config) {
        ObjectNode mapper = client.withArray("protocolMappers").addObject();
        mapper.put("name", Suite.unique("mapper"))
                .put("protocol", "openid-connect")
                .put("protocolMapper", type);
        config.forEach(mapper.putObject("config")::put);
    }
}
