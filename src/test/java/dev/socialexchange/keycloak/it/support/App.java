package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpServer;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.simulator.Person;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A front end as the realm's client of its own, that exchanges tokens, and goes on in a browser where the answer says so.
 *
 * @param redirectUri where the browser comes back to; a page answers there
 */
public record App(OwnRealm realm, String clientId, String redirectUri) {
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    public static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    public static final String STATE = "state of \"the app\" & more";

    private static final class Page {
        static final String URL = serve();
    }

    public static App of(OwnRealm realm) {
        return of(realm, client -> {});
    }

    public static App of(OwnRealm realm, Consumer<ObjectNode> change) {
        String clientId = Suite.unique("app");
        ObjectNode client = JsonNodeFactory.instance.objectNode();
        client.put("clientId", clientId).put("name", "The App").put("publicClient", true);
        client.putArray("redirectUris").add(Page.URL + "/*");
        client.putObject("attributes");
        change.accept(client);
        realm.admin().createClient(client);
        return new App(realm, clientId, Page.URL + "/callback");
    }

    /** The same front end, talking to another node of its realm's. */
    public App at(KeycloakServer node) {
        return new App(realm.at(node), clientId, redirectUri);
    }

    /** A provider that is open for this app; the change sees the representation. */
    public String provider(String like, Consumer<ObjectNode> change) {
        return realm.provider(like, copy -> {
            copy.put("displayName", "The " + like);
            copy.withObject("/config").put("exchangeClients", clientId);
            change.accept(copy);
        });
    }

    public String provider(String like) {
        return provider(like, copy -> {});
    }

    /** A provider with a descriptor and a simulator, of a type that the demo realm has none of. */
    public String described(String type, Consumer<ObjectNode> change) {
        String alias = Suite.unique(type);
        DataProvider simulated = Suite.providers().described(type);
        List<Map<String, String>> endpoints = simulated.data().urls().stream()
                .map(url -> Map.of(
                        "key",
                        url,
                        "value",
                        url.replace("https:/", Suite.providers().url())))
                .toList();
        ObjectNode provider = JsonNodeFactory.instance.objectNode();
        provider.put("alias", alias)
                .put("providerId", type)
                .put("enabled", true)
                .put("trustEmail", true);
        provider.putObject("config")
                .put("clientId", simulated.clientId())
                .put("clientSecret", simulated.secret(simulated.clientId()))
                .put("syncMode", "IMPORT")
                .put("exchangeClients", clientId)
                .put("exchangeEndpoints", Json.write(endpoints));
        simulated.data().settings().forEach(provider.withObject("/config")::put);
        change.accept(provider);
        realm.admin().createIdentityProvider(provider);
        return alias;
    }

    /** The provider of this type, with its alias, as the conformance test has it. */
    public void conforming(String type) {
        realm.admin()
                .createIdentityProvider(
                        ConformanceRealm.identityProvider(Suite.providers(), false, type, type, clientId, Map.of()));
    }

    /** An exchange that may be continued. */
    public TokenRequest request(String alias, Person person) {
        return continuable(plainRequest(alias, person));
    }

    /** With all that a browser needs to come back. */
    public TokenRequest continuable(TokenRequest request) {
        return request.param("interaction_redirect_uri", redirectUri)
                .param("interaction_state", STATE)
                .param("interaction_nonce", "nonce-of-the-app")
                .param("interaction_code_challenge", CHALLENGE);
    }

    public TokenRequest plainRequest(String alias, Person person) {
        return realm.request(clientId, alias, person);
    }

    /** Exchanges, and answers the user's id. */
    public String login(String alias, Person person) {
        Answer answer = plainRequest(alias, person).send();
        if (answer.status() != 200) {
            throw new AssertionError(answer.body());
        }
        return answer.claims().path("sub").asText();
    }

    /** The link that the answer to an exchange carries. */
    public String link(String alias, Person person, String reason) {
        Answer answer = request(alias, person).send();
        Refusals.assertRefused(answer, 400, "interaction_required", reason);
        if (answer.text("interaction_uri").isEmpty()) {
            throw new AssertionError("no link in " + answer.body());
        }
        return answer.text("interaction_uri");
    }

    /** Where an ordinary login begins. */
    public String loginUrl() {
        return "%s/realms/%s/protocol/openid-connect/auth?client_id=%s&response_type=code&scope=openid&redirect_uri=%s"
                .formatted(realm.server().url(), realm.name(), clientId, Http.encode(redirectUri));
    }

    /** What the token endpoint answers to the code that the browser came back with. */
    public Answer redeem(Tab browser) {
        return redeem(URI.create(browser.arrivesAt(redirectUri)));
    }

    /** The same, where a browser was sent to this address of the app's. */
    public Answer redeem(URI address) {
        String code = parameter(address, "code").orElseThrow(() -> new AssertionError("no code: " + address));
        if (!parameter(address, "state").equals(Optional.of(STATE))) {
            throw new AssertionError("not our state: " + address);
        }
        return realm.tokens()
                .grant("authorization_code")
                .as(clientId)
                .param("code", code)
                .param("redirect_uri", redirectUri)
                .param("code_verifier", VERIFIER)
                .send();
    }

    public static Optional<String> parameter(URI address, String name) {
        return Arrays.stream(String.valueOf(address.getRawQuery()).split("&"))
                .map(parameter -> parameter.split("=", 2))
                .filter(parameter -> parameter.length == 2 && parameter[0].equals(name))
                .map(parameter -> java.net.URLDecoder.decode(parameter[1], StandardCharsets.UTF_8))
                .findFirst();
    }

    private static String serve() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", exchange -> {
                byte[] page = "<p>Back at the app</p>".getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().putAll(Map.of("Content-Type", List.of("text/html")));
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            });
            // the server's thread is as the one that starts it; a program that Maven runs would wait for it
            Thread starter = new Thread(server::start);
            starter.setDaemon(true);
            starter.start();
            starter.join();
            return "http://localhost:" + server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
