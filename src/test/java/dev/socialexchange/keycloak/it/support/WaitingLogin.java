package dev.socialexchange.keycloak.it.support;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A browser login that has passed the password form and waits on the page of a required action. */
public final class WaitingLogin {
    private static final String CALLBACK = "http://localhost:8090/callback";
    private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    private static final Pattern ACTION = Pattern.compile("action=\"([^\"]+)\"");
    private static final int REDIRECTS = 6;

    private final TokenEndpoint realm;
    private final Map<String, String> cookies = new LinkedHashMap<>();
    private URI page;

    private WaitingLogin(TokenEndpoint realm) {
        this.realm = realm;
    }

    public static WaitingLogin start(TokenEndpoint realm, String username, String password) {
        WaitingLogin login = new WaitingLogin(realm);
        URI form = URI.create(
                "%s/realms/%s/protocol/openid-connect/auth?response_type=code&scope=openid&state=s&code_challenge_method=S256&code_challenge=%s&client_id=%s&redirect_uri=%s"
                        .formatted(realm.server(), realm.realm(), CHALLENGE, Suite.SPA, Http.encode(CALLBACK)));
        Matcher action = ACTION.matcher(login.send(HttpRequest.newBuilder(form)).body());
        if (!action.find()) {
            throw new AssertionError("no password form");
        }
        String credentials = "username=" + Http.encode(username) + "&password=" + Http.encode(password);
        HttpResponse<String> answer =
                login.send(HttpRequest.newBuilder(URI.create(action.group(1).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(credentials)));
        login.page = answer.uri().resolve(location(answer));
        if (!login.page.getPath().endsWith("/required-action")) {
            throw new AssertionError("nothing to wait for: " + login.page.getPath());
        }
        return login;
    }

    /** Loads the page again, follows where it leads and redeems the code at the end of it. */
    public Answer goOn() {
        URI next = page;
        for (int redirects = 0; redirects < REDIRECTS; redirects++) {
            if (next.toString().startsWith(CALLBACK)) {
                return realm.grant("authorization_code")
                        .as(Suite.SPA)
                        .param("code", next.toString().replaceFirst(".*[?&]code=([^&]*).*", "$1"))
                        .param("redirect_uri", CALLBACK)
                        .param("code_verifier", VERIFIER)
                        .send();
            }
            HttpResponse<String> answer = send(HttpRequest.newBuilder(next));
            next = answer.uri().resolve(location(answer));
        }
        throw new AssertionError("still being redirected: " + next.getPath());
    }

    private static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() -> new AssertionError(
                        answer.uri().getPath() + " answered " + answer.statusCode() + " and no redirect"));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header(
                    "Cookie",
                    cookies.entrySet().stream()
                            .map(cookie -> cookie.getKey() + '=' + cookie.getValue())
                            .collect(Collectors.joining("; ")));
        }
        HttpResponse<String> response = Http.send(request.timeout(Http.TIMEOUT).build());
        for (String cookie : response.headers().allValues("Set-Cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        return response;
    }
}
