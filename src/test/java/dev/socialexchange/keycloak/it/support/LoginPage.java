package dev.socialexchange.keycloak.it.support;

import dev.socialexchange.keycloak.descriptor.Descriptor;
import dev.socialexchange.keycloak.simulator.DataProvider;
import dev.socialexchange.keycloak.type.Catalogue;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A realm's login page as it comes from the server, before any script has run. */
public final class LoginPage {
    private static final Pattern STYLESHEET = Pattern.compile("<link href=\"([^\"]+)\" rel=\"stylesheet\"");

    private final URI url;
    private final String html;

    private LoginPage(URI url) {
        this.url = url;
        this.html = get(url);
    }

    public static LoginPage of(OwnRealm realm) {
        return new LoginPage(URI.create(("%s/realms/%s/protocol/openid-connect/auth?client_id=%s&response_type=code"
                        + "&scope=openid&code_challenge_method=S256&code_challenge=%s&redirect_uri=%s")
                .formatted(
                        realm.server().url(),
                        realm.name(),
                        Suite.SPA,
                        "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM",
                        Http.encode("http://localhost:8090/"))));
    }

    /** Of a realm with this theme and a provider {@code of-<type>}, "Name of &lt;type&gt;", for each of our types. */
    public static LoginPage ofEveryType(String theme) {
        OwnRealm realm = OwnRealm.create(settings -> settings.put("loginTheme", theme));
        addEveryType(realm);
        return LoginPage.of(realm);
    }

    /** A provider {@code of-<type>}, "Name of &lt;type&gt;", for each of our types. */
    public static void addEveryType(OwnRealm realm) {
        for (Descriptor type : Catalogue.descriptors()) {
            realm.admin()
                    .createIdentityProvider(Map.of(
                            "alias",
                            "of-" + type.id(),
                            "displayName",
                            "Name of " + type.id(),
                            "providerId",
                            type.id(),
                            "enabled",
                            true,
                            "config",
                            settings(type)));
        }
    }

    public URI url() {
        return url;
    }

    /** The link to an identity provider, with what is in it. */
    public String button(String alias) {
        Matcher button = Pattern.compile("<a [^>]*id=\"social-" + alias + "\".*?</a>", Pattern.DOTALL)
                .matcher(html);
        if (!button.find()) {
            throw new AssertionError("no button for " + alias + " in " + html);
        }
        return button.group();
    }

    /** In the page's order. */
    public List<String> stylesheets() {
        return STYLESHEET
                .matcher(html)
                .results()
                .map((MatchResult link) -> link.group(1))
                .toList();
    }

    public boolean hasButton(String alias) {
        return html.contains("id=\"social-" + alias + "\"");
    }

    public String load(String path) {
        return get(url.resolve(path));
    }

    private static Map<String, String> settings(Descriptor type) {
        DataProvider simulated = Suite.providers().described(type.id());
        Map<String, String> settings = new HashMap<>(simulated.data().settings());
        settings.put("clientId", simulated.clientId());
        settings.put("clientSecret", simulated.secret(simulated.clientId()));
        return settings;
    }

    private static String get(URI uri) {
        HttpResponse<String> response =
                Http.send(HttpRequest.newBuilder(uri).timeout(Http.TIMEOUT).build());
        if (response.statusCode() != 200) {
            throw new AssertionError(uri + " answered " + response.statusCode() + ": " + response.body());
        }
        return response.body();
    }
}
