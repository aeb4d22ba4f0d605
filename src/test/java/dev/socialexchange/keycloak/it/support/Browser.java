package dev.socialexchange.keycloak.it.support;

import dev.socialexchange.keycloak.simulator.Person;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Somebody's browser, as far as a login needs one: it keeps cookies, follows redirects and picks the person on a provider's
 * consent page. Providers' real addresses lead to the simulator.
 */
public final class Browser {

    private static final String REDIRECT_URI = "http://localhost:8090/";
    private static final String VERIFIER = "a-verifier-of-at-least-forty-three-characters-0";
    private static final int REDIRECTS = 12;

    private final OwnRealm realm;
    private final String simulatorUrl;
    // by hand: the JDK's cookie manager does not know that browsers send secure cookies to localhost in any case
    private final Map<String, String> cookies = new LinkedHashMap<>();

    public Browser(OwnRealm realm, String simulatorUrl) {
        this.realm = realm;
        this.simulatorUrl = simulatorUrl;
    }

    /** Signs in with the provider, through Keycloak's own pages, and redeems the code that comes of it. */
    public Answer login(String alias, Person person) {
        URI next = URI.create(
                ("%s/realms/%s/protocol/openid-connect/auth?client_id=%s&response_type=code&scope=openid&redirect_uri=%s"
                                + "&code_challenge_method=S256&code_challenge=%s&kc_idp_hint=%s")
                        .formatted(
                                realm.server().url(),
                                realm.name(),
                                Suite.SPA,
                                Http.encode(REDIRECT_URI),
                                challenge(),
                                alias));
        for (int redirects = 0; redirects < REDIRECTS; redirects++) {
            HttpResponse<String> response = get(reachable(next, person));
            String location = response.headers()
                    .firstValue("Location")
                    .orElseThrow(() -> new IllegalStateException("no redirect from %s but %d: %s"
                            .formatted(response.uri(), response.statusCode(), response.body())));
            next = response.uri().resolve(location);
            if (location.startsWith(REDIRECT_URI)) {
                return redeem(location);
            }
        }
        throw new IllegalStateException("still being redirected: " + next);
    }

    private URI reachable(URI uri, Person person) {
        if (isKeycloak(uri)) {
            return uri;
        }
        String provider = simulatorUrl + "/" + uri.getHost() + uri.getRawPath();
        return URI.create(provider + "?" + uri.getRawQuery() + "&login=" + person.id());
    }

    private boolean isKeycloak(URI uri) {
        return uri.toString().startsWith(realm.server().url().toString());
    }

    private HttpResponse<String> get(URI uri) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Http.TIMEOUT);
        if (isKeycloak(uri) && !cookies.isEmpty()) {
            String sent = cookies.entrySet().stream()
                    .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
                    .collect(Collectors.joining("; "));
            request.header("Cookie", sent);
        }
        HttpResponse<String> response = Http.send(request.build());
        if (isKeycloak(uri)) {
            response.headers().allValues("Set-Cookie").forEach(this::keep);
        }
        return response;
    }

    private void keep(String cookie) {
        String[] pair = cookie.split(";", 2)[0].split("=", 2);
        if (cookie.contains("Max-Age=0")) {
            cookies.remove(pair[0]);
        } else {
            cookies.put(pair[0], pair[1]);
        }
    }

    private Answer redeem(String location) {
        String code = location.replaceFirst(".*[?&]code=([^&]*).*", "$1");
        return realm.tokens()
                .grant("authorization_code")
                .as(Suite.SPA)
                .param("code", code)
                .param("redirect_uri", REDIRECT_URI)
                .param("code_verifier", VERIFIER)
                .send();
    }

    private static String challenge() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(VERIFIER.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
