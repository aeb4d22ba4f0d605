package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.provider.Conformance;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A realm whose users need neither an address nor names, since most providers lack one or the other, and may be called
 * {@code auth0|1}, with an identity provider for each type.
 */
public final class ConformanceRealm {
    private static final String CLIENT = "front-end";

    /** Whose scripts may read the answers. */
    public static final String ORIGIN = "https://front.example";

    private final String name = Suite.unique("conformance");
    private final KeycloakServer server;
    private final Simulator providers;
    private final boolean realHosts;
    private final AdminApi admin;

    public ConformanceRealm() {
        this(Suite.keycloak(), Suite.providers(), false);
    }

    private ConformanceRealm(KeycloakServer server, Simulator providers, boolean realHosts) {
        this.server = server;
        this.providers = providers;
        this.realHosts = realHosts;
        new AdminHttp(server.url(), server.adminCredentials())
                .post(
                        "",
                        Map.of(
                                "realm",
                                name,
                                "enabled",
                                true,
                                "clients",
                                List.of(Map.of(
                                        "clientId",
                                        CLIENT,
                                        "publicClient",
                                        true,
                                        "standardFlowEnabled",
                                        true,
                                        "redirectUris",
                                        List.of("http://localhost:8090/*"),
                                        "webOrigins",
                                        List.of(ORIGIN)))));
        admin = server.admin(name);
        ObjectNode profile = (ObjectNode) admin.get("/users/profile");
        profile.withArray("/attributes").forEach(attribute -> {
            ((ObjectNode) attribute).remove("required");
            attribute.withObject("/validations").remove("username-prohibited-characters");
        });
        admin.put("/users/profile", profile);
    }

    /** On the server that meets the providers under their real names. */
    public static ConformanceRealm withRealHosts() {
        return new ConformanceRealm(RealHosts.keycloak(), RealHosts.providers(), true);
    }

    public void add(String alias, String type, Map<String, String> settings) {
        admin.createIdentityProvider(identityProvider(providers, realHosts, alias, type, CLIENT, settings));
    }

    /**
     * Keycloak's own types meet the provider under its real names, which the server's proxy leads to the simulator. The URLs
     * of others lead there one by one: a prefix of a whole host would also be an issuer's name.
     */
    static Map<String, Object> identityProvider(
            Simulator providers,
            boolean realHosts,
            String alias,
            String type,
            String client,
            Map<String, String> settings) {
        DataProvider provider = providers.described(type);
        String providerId = Objects.requireNonNullElse(provider.data().type(), type);
        List<Map<String, String>> endpoints = realHosts || Conformance.signsInByKeycloak(type)
                ? List.of()
                : provider.data().urls().stream()
                        .map(url -> Map.of("key", url, "value", url.replace("https:/", providers.url())))
                        .toList();
        Map<String, String> config = new HashMap<>(Map.of(
                "clientId", provider.clientId(),
                "clientSecret", provider.secret(provider.clientId()),
                "syncMode", "IMPORT",
                "exchangeClients", client,
                "exchangeEndpoints", Json.write(endpoints)));
        config.putAll(provider.data().settings());
        config.putAll(settings);
        return Map.of("alias", alias, "providerId", providerId, "enabled", true, "trustEmail", true, "config", config);
    }

    /** With the provider's tokens kept, for whoever they belong to. */
    public void addStoring(String alias, String type, Map<String, String> settings) {
        add(alias, type, settings);
        admin.updateIdentityProvider(
                alias, provider -> provider.put("storeToken", true).put("addReadTokenRoleOnCreate", true));
    }

    public Answer storedToken(String alias, Answer tokens) {
        return StoredTokens.of(name, alias, tokens.accessToken());
    }

    public AdminApi admin() {
        return admin;
    }

    /** Lets a page of this origin be the realm's front end; answers what keycloak-js is made with. */
    public Map<String, String> frontEndAt(String origin) {
        admin.updateClient(CLIENT, client -> {
            client.withArray("/redirectUris").add(origin + "/*");
            client.withArray("/webOrigins").add(origin);
        });
        return Map.of("url", server.url().toString(), "realm", name, "clientId", CLIENT);
    }

    public static DataProvider provider(String type) {
        return Suite.providers().described(type);
    }

    public Answer exchange(String alias, String tokenType, String token, Map<String, String> further) {
        TokenRequest request = request(alias, tokenType, token);
        further.forEach(request::param);
        return request.send();
    }

    /** An exchange by the realm's front end. */
    public TokenRequest request(String alias, String tokenType, String token) {
        return tokens().exchange(alias)
                .as(CLIENT)
                .subjectToken(token)
                .type(tokenType)
                .scope("openid");
    }

    public String clientId() {
        return CLIENT;
    }

    /** Beside the token endpoint. */
    public URI door(String path) {
        return URI.create("%s/realms/%s/social-exchange/%s".formatted(server.url(), name, path));
    }

    public Answer signIn(String alias, Person person) {
        return new BrowserLogin(tokens(), providers.url()).signIn(CLIENT, alias, person.id());
    }

    /** As a back end does it, without a browser. */
    public Answer logOut(Answer login) {
        return RawRequest.to(logoutUri(""))
                .form("client_id", CLIENT)
                .form("refresh_token", login.text("refresh_token"))
                .send();
    }

    public Answer logOutInBrowser(Answer login) {
        return RawRequest.to(logoutUri("?id_token_hint=" + login.text("id_token")))
                .method("GET")
                .send();
    }

    private URI logoutUri(String query) {
        return URI.create("%s/realms/%s/protocol/openid-connect/logout%s".formatted(server.url(), name, query));
    }

    public boolean knows(String alias, String subject) {
        return !admin.usersByLink(alias, subject).isEmpty();
    }

    /** What became of somebody: their link and their account, in the words of the simulators' data. */
    public Map<String, Object> identity(String userId) {
        JsonNode user = admin.user(userId);
        JsonNode link = admin.federatedIdentities(userId).path(0);
        Map<String, Object> identity = new TreeMap<>();
        identity.put("id", link.path("userId").asText());
        identity.put("username", user.path("username").asText());
        identity.put("email", user.path("email").textValue());
        identity.put("emailVerified", user.path("emailVerified").asBoolean());
        identity.put("firstName", user.path("firstName").textValue());
        identity.put("lastName", user.path("lastName").textValue());
        return identity;
    }

    private TokenEndpoint tokens() {
        return new TokenEndpoint(server.url(), name);
    }
}
