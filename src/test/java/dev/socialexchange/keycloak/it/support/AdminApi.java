package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * The admin REST API of one realm. Representations go in as anything that Jackson writes, JSON text included, and come
 * back as trees: Keycloak's documentation describes their fields.
 */
public final class AdminApi {

    private final AdminHttp http;
    private final String realm;

    AdminApi(AdminHttp http, String realm) {
        this.http = http;
        this.realm = realm;
    }

    /** For what has no method of its own here; the path begins behind the realm's name. */
    public JsonNode get(String path) {
        return http.get("/" + realm + path);
    }

    public String post(String path, Object body) {
        return http.post("/" + realm + path, body);
    }

    /** A form, whatever the answer is. */
    public Answer form(String path, List<Map.Entry<String, String>> fields) {
        return form(path, fields, Map.of());
    }

    public Answer form(String path, List<Map.Entry<String, String>> fields, Map<String, String> headers) {
        return http.form("/" + realm + path, fields, headers);
    }

    /** Another realm's, by the same administrator. */
    public AdminApi of(String otherRealm) {
        return new AdminApi(http, otherRealm);
    }

    public void put(String path, Object body) {
        http.put("/" + realm + path, body);
    }

    public void delete(String path) {
        http.delete("/" + realm + path);
    }

    public void updateRealm(Consumer<ObjectNode> change) {
        update("", change);
    }

    /** Whichever realm it is. */
    public void createRealm(Object representation) {
        http.post("", representation);
    }

    // clients

    public String createClient(Object representation) {
        return post("/clients", representation);
    }

    public Optional<JsonNode> client(String clientId) {
        return first(get("/clients?clientId=" + Http.encode(clientId)));
    }

    public void updateClient(String clientId, Consumer<ObjectNode> change) {
        update("/clients/" + clientUuid(clientId), change);
    }

    public void deleteClient(String clientId) {
        delete("/clients/" + clientUuid(clientId));
    }

    public String clientUuid(String clientId) {
        return client(clientId).orElseThrow().path("id").asText();
    }

    // identity providers and their mappers

    public void createIdentityProvider(Object representation) {
        post("/identity-provider/instances", representation);
    }

    public JsonNode identityProvider(String alias) {
        return get(instance(alias));
    }

    public void updateIdentityProvider(String alias, Consumer<ObjectNode> change) {
        update(instance(alias), change);
    }

    /** Sets entries of the provider's config; the secret, which is read back masked, stays as it is. */
    public void configureIdentityProvider(String alias, Map<String, String> entries) {
        updateIdentityProvider(alias, provider -> entries.forEach(provider.withObject("/config")::put));
    }

    public void deleteIdentityProvider(String alias) {
        delete(instance(alias));
    }

    public String createIdentityProviderMapper(String alias, Object representation) {
        return post(instance(alias) + "/mappers", representation);
    }

    // users

    public String createUser(Object representation) {
        return post("/users", representation);
    }

    public JsonNode user(String id) {
        return get("/users/" + id);
    }

    public Optional<JsonNode> userByUsername(String username) {
        return first(get("/users?exact=true&username=" + Http.encode(username)));
    }

    public JsonNode usersByEmail(String email) {
        return get("/users?exact=true&email=" + Http.encode(email));
    }

    /** Users that hold a link to this account at the provider: none, or one unless something is broken. */
    public JsonNode usersByLink(String alias, String subject) {
        return get("/users?idpAlias=%s&idpUserId=%s".formatted(Http.encode(alias), Http.encode(subject)));
    }

    public int countUsers() {
        return get("/users/count").asInt();
    }

    public void updateUser(String id, Consumer<ObjectNode> change) {
        update("/users/" + id, change);
    }

    public void deleteUser(String id) {
        delete("/users/" + id);
    }

    public JsonNode federatedIdentities(String userId) {
        return get("/users/" + userId + "/federated-identity");
    }

    public JsonNode sessions(String userId) {
        return get("/users/" + userId + "/sessions");
    }

    public JsonNode offlineSessions(String userId, String clientId) {
        return get("/users/" + userId + "/offline-sessions/" + clientUuid(clientId));
    }

    // events

    /** Newest first. The query is Keycloak's own, such as {@code type=TOKEN_EXCHANGE_ERROR&client=demo-spa}. */
    public JsonNode events(String query) {
        return get("/events?" + query);
    }

    // authentication flows

    public void copyFlow(String flow, String newName) {
        post("/authentication/flows/" + Http.encode(flow) + "/copy", Map.of("newName", newName));
    }

    public String createFlow(String alias) {
        Map<String, Object> flow =
                Map.of("alias", alias, "providerId", "basic-flow", "topLevel", true, "builtIn", false);
        return post("/authentication/flows", flow);
    }

    /** Appends a step that is required; answers the execution's id. */
    public String addExecution(String flow, String authenticator) {
        String id = post(
                "/authentication/flows/" + Http.encode(flow) + "/executions/execution",
                Map.of("provider", authenticator));
        updateExecution(flow, id, execution -> execution.put("requirement", "REQUIRED"));
        return id;
    }

    /** Appends a flow that runs if its own conditions hold; answers its name, by which steps can be added to it. */
    public String addConditionalFlow(String flow, String alias) {
        post(
                "/authentication/flows/" + Http.encode(flow) + "/executions/flow",
                Map.of("alias", alias, "type", "basic-flow", "provider", "", "description", ""));
        String id = StreamSupport.stream(executions(flow).spliterator(), false)
                .filter(execution -> alias.equals(execution.path("displayName").asText()))
                .map(execution -> execution.path("id").asText())
                .findFirst()
                .orElseThrow();
        updateExecution(flow, id, execution -> execution.put("requirement", "CONDITIONAL"));
        return alias;
    }

    public JsonNode executions(String flow) {
        return get("/authentication/flows/" + Http.encode(flow) + "/executions");
    }

    public void updateExecution(String flow, String id, Consumer<ObjectNode> change) {
        ObjectNode execution = StreamSupport.stream(executions(flow).spliterator(), false)
                .filter(candidate -> id.equals(candidate.path("id").asText()))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseThrow();
        change.accept(execution);
        put("/authentication/flows/" + Http.encode(flow) + "/executions", execution);
    }

    public void configureExecution(String executionId, String alias, Map<String, String> config) {
        post("/authentication/executions/" + executionId + "/config", Map.of("alias", alias, "config", config));
    }

    private void update(String path, Consumer<ObjectNode> change) {
        ObjectNode representation = (ObjectNode) get(path);
        change.accept(representation);
        put(path, representation);
    }

    private static Optional<JsonNode> first(JsonNode list) {
        return list.isEmpty() ? Optional.empty() : Optional.of(list.get(0));
    }

    private static String instance(String alias) {
        return "/identity-provider/instances/" + Http.encode(alias);
    }
}
