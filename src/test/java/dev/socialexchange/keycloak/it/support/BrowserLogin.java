package dev.socialexchange.keycloak.it.support;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A browser that signs in through Keycloak's own pages. It keeps cookies by itself: Java's CookieManager does not send
 * Keycloak's {@code Secure} ones over plain HTTP, as browsers do for localhost.
 */
public final class BrowserLogin {
    private static final String CALLBACK = "http://localhost:8090/callback";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final int MAX_STEPS = 15;

    private final TokenEndpoint realm;
    private final URI provider;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private final Set<String> crossSite = new HashSet<>();
    // one of its own, since it must not follow redirects
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    /** @param provider the simulator, where the person is at home */
    public BrowserLogin(TokenEndpoint realm, String provider) {
        this.realm = realm;
        this.provider = URI.create(provider);
    }

    /** The realm's token answer at the end of an authorization code flow that prefers this identity provider. */
    public Answer signIn(String clientId, String alias, String person) {
        URI next = URI.create("%s/realms/%s/protocol/openid-connect/auth?%s"
                .formatted(
                        realm.server(),
                        realm.realm(),
                        "response_type=code&scope=openid&state=s&code_challenge_method=S256&code_challenge=" + CHALLENGE
                                + "&client_id=" + clientId + "&redirect_uri=" + Http.encode(CALLBACK) + "&kc_idp_hint="
                                + alias));
        for (int step = 0; step < MAX_STEPS; step++) {
            if (next.toString().startsWith(CALLBACK)) {
                return redeem(clientId, next);
            }
            URI target = atProvider(next, person);
            HttpResponse<String> page = target == next
                    ? send(HttpRequest.newBuilder(next), cookies.keySet())
                    : send(HttpRequest.newBuilder(target), Set.of());
            Optional<FormPost> form = target == next ? Optional.empty() : FormPost.in(page.body());
            if (form.isPresent()) { // from another site, so that only some cookies go with it
                target = form.get().action();
                page = send(
                        HttpRequest.newBuilder(target)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString(
                                        form.get().body())),
                        crossSite);
            }
            if (page.statusCode() != 302 && page.statusCode() != 303) {
                throw new AssertionError(
                        "%s answered %d: %s".formatted(target.getPath(), page.statusCode(), text(page.body())));
            }
            next = target.resolve(page.headers().firstValue("Location").orElseThrow());
        }
        throw new AssertionError("the browser is sent around in circles, at last to " + next.getPath());
    }

    /** Where a provider's page is reached, with the person chosen on it; {@code uri} itself if it is Keycloak's. */
    private URI atProvider(URI uri, String person) {
        return uri.getAuthority().equals(realm.server().getAuthority())
                ? uri
                : URI.create(reachable(uri) + "&login=" + person);
    }

    /** The simulator's own address, whatever name the provider goes by. */
    private String reachable(URI uri) {
        return uri.getPort() == provider.getPort()
                ? uri.toString().replaceFirst("#.*", "")
                : provider + "/" + uri.getHost() + uri.getRawPath() + '?' + uri.getRawQuery();
    }

    private Answer redeem(String clientId, URI callback) {
        String code = java.util.Arrays.stream(callback.getRawQuery().split("&"))
                .filter(parameter -> parameter.startsWith("code="))
                .map(parameter -> parameter.substring("code=".length()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no code: " + callback.getRawQuery()));
        return realm.grant("authorization_code")
                .as(clientId)
                .param("code", code)
                .param("redirect_uri", CALLBACK)
                .param("code_verifier", VERIFIER)
                .send();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, Set<String> cookieNames) {
        String sent = cookies.entrySet().stream()
                .filter(cookie -> cookieNames.contains(cookie.getKey()))
                .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                .collect(Collectors.joining("; "));
        if (!sent.isEmpty()) {
            request.header("Cookie", sent);
        }
        HttpRequest built = request.timeout(Http.TIMEOUT).build();
        try {
            HttpResponse<String> response = client.send(built, HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new IllegalStateException(built.uri().getPath(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String setCookie) {
        String pair = setCookie.split(";", 2)[0];
        int equals = pair.indexOf('=');
        String name = pair.substring(0, equals).strip();
        if (setCookie.contains("SameSite=None")) {
            crossSite.add(name);
        } else {
            crossSite.remove(name);
        }
        if (setCookie.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, pair.substring(equals + 1));
        }
    }

    /** What a person would read. */
    private static String text(String html) {
        return html.replaceAll("(?s)<(script|style|head).*?</\\1>|<[^>]*>", " ").replaceAll("\\s+", " ");
    }
}
