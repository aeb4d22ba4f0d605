package dev.socialexchange.keycloak.simulator;

import com.nimbusds.jose.JWSAlgorithm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A provider that is told apart from others by its {@link ProviderData} only. */
public final class DataProvider extends OpenIdProvider {
    private static final String FOLDER = "/simulator";
    private static final String SUFFIX = ".yaml";

    private final ProviderData data;

    private DataProvider(String id, ProviderData data) {
        super(
                data.idToken() == null ? null : data.idToken().issuer(),
                new SigningKeys(JWSAlgorithm.parse(
                        data.idToken() == null ? "RS256" : data.idToken().algorithm())),
                data.clientId(),
                id + "-secret",
                data.scopes().toArray(String[]::new));
        this.data = data;
    }

    /** Every provider that has a file, by its id. */
    static Map<String, DataProvider> all() {
        URL folder = DataProvider.class.getResource(FOLDER);
        try {
            URI uri = folder.toURI();
            if (!uri.getScheme().equals("jar")) {
                return in(Path.of(uri));
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                return in(jar.getPath(FOLDER));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, DataProvider> in(Path folder) throws IOException {
        Map<String, DataProvider> providers = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                String id = name.substring(0, name.length() - SUFFIX.length());
                providers.put(id, new DataProvider(id, ProviderData.read(Files.newInputStream(file), name)));
            }
        }
        return providers;
    }

    public ProviderData data() {
        return data;
    }

    /** What has to become of the person in Keycloak. */
    public Map<String, Object> identity(Person person, boolean byIdToken) {
        Map<String, Object> identity = Template.object(data.identity(), values(clientId(), person, null));
        if (byIdToken) {
            identity.putAll(Template.object(data.identityOfIdToken(), values(clientId(), person, null)));
        }
        return identity;
    }

    @Override
    void addRoutes(Router router, People people) {
        AuthorizeEndpoint page = new AuthorizeEndpoint(this, people);
        TokenEndpoint tokens = new TokenEndpoint(this);
        String authorize = data.authorize().url();
        String token = data.token().url();
        router.getOrPost(
                ProviderData.host(authorize),
                path(authorize),
                request -> data.authorize().pkce() && request.parameter("code_challenge") == null
                        ? Response.html(400, ConsentPage.error("PKCE is required."))
                        : page.answer(standard(request)));
        Endpoint atToken = request -> tokens(tokens, standard(request));
        if (data.token().byGet()) {
            router.get(ProviderData.host(token), path(token), atToken);
        } else {
            router.post(ProviderData.host(token), path(token), atToken);
        }
        for (ProviderData.Api api : data.api()) {
            DataEndpoint endpoint = new DataEndpoint(this, api);
            String host = ProviderData.host(api.url());
            if (api.get() != null) {
                router.get(host, path(api.url()), endpoint);
            } else {
                router.post(host, path(api.url()), endpoint);
            }
        }
        if (data.idToken() != null) {
            String keys = data.idToken().keys();
            router.get(ProviderData.host(keys), path(keys), this::publicKeys);
        }
    }

    private static String path(String url) {
        return Pattern.quote(ProviderData.path(url));
    }

    private Response tokens(TokenEndpoint endpoint, Request request) {
        try {
            authenticate(request, data.token().auth());
            data.token().further().forEach((name, value) -> {
                if (!value.equals(request.parameter(name))) {
                    throw OAuthFailure.invalidRequest(name + " is missing or wrong");
                }
            });
        } catch (OAuthFailure e) {
            return refusal(e, request);
        }
        return endpoint.answer(request);
    }

    /** The request with the names of RFC 6749, of which this provider knows none that it has a name of its own for. */
    private Request standard(Request request) {
        Map<String, String> own = data.token().parameters();
        return own.isEmpty()
                ? request
                : new Request(
                        request.method(),
                        request.host(),
                        request.path(),
                        renamed(request.rawQuery(), own),
                        request.headers(),
                        renamed(request.body(), own),
                        request.pathVariable());
    }

    private static String renamed(String form, Map<String, String> own) {
        Map<String, String> parameters = Forms.parse(form);
        own.forEach((standard, name) -> {
            parameters.remove(standard);
            parameters.put(standard, parameters.get(name));
        });
        return Forms.write(parameters);
    }

    @Override
    Map<String, String> besideCode() {
        return data.token().further();
    }

    /** What the provider hands to a page or an app about somebody who has just signed in there, for this bot. */
    public TelegramSigned signedData(String botToken, Person person) {
        return TelegramSigned.of(botToken, person);
    }

    /** @param way {@code basic} or {@code post}; the other one is refused */
    void authenticate(Request request, String way) {
        boolean basic = String.valueOf(request.header("authorization")).startsWith("Basic ");
        if (basic != way.equals("basic")) {
            throw OAuthFailure.invalidClient("Client authentication failed");
        }
        Clients.authenticate(this, request, false);
    }

    /** For templates. */
    Map<String, Object> values(String client, Person person, Grant grant) {
        Instant now = Instant.now();
        boolean ours = client.equals(clientId());
        Map<String, Object> values = Json.object(
                "id", person.id(),
                "idNumber", Long.valueOf(person.id()),
                "username", person.username(),
                "email", person.email(),
                "emailVerified", person.emailVerified(),
                "emailVerifiedNumber", person.emailVerified() ? 1 : 0,
                "confirmedEmail", person.emailVerified() ? person.email() : null,
                "givenName", person.givenName(),
                "familyName", person.familyName(),
                "name", person.name(),
                "client_id", client,
                "appId", ours ? data.appId() : data.foreignAppId(),
                "random", Digests.random(40));
        if (grant != null) {
            Instant end = now.plus(lifetime());
            values.put("scope", grant.scope());
            values.put("scopes", grant.scopes());
            values.put("issuedAt", grant.issuedAt().getEpochSecond());
            values.put("expiresAt", end.getEpochSecond());
            values.put("expiresAtText", end.toString());
            values.put("expiresIn", lifetime().toSeconds());
        }
        return values;
    }

    @Override
    Map<String, Object> profile(Person person, Set<String> scopes) {
        return Json.object();
    }

    @Override
    Map<String, Object> idTokenClaims(String client, Person person, Set<String> scopes, String nonce) {
        if (data.idToken() == null) {
            throw new IllegalArgumentException("This provider has no id_token");
        }
        Map<String, Object> claims = super.idTokenClaims(client, person, scopes, nonce);
        claims.remove("azp");
        claims.putAll(Template.object(data.idToken().claims(), values(client, person, null)));
        return claims;
    }

    @Override
    Map<String, Object> issue(AuthorizationCode agreed) {
        Map<String, Object> tokens = data.idToken() == null ? withoutIdToken(agreed) : super.issue(agreed);
        if (data.token().adds() != null) {
            Grant grant = find((String) tokens.get("access_token")).orElseThrow();
            tokens.putAll(Template.object(data.token().adds(), values(agreed.clientId(), agreed.person(), grant)));
        }
        return tokens;
    }

    private Map<String, Object> withoutIdToken(AuthorizationCode agreed) {
        return Json.object(
                "access_token", accessToken(agreed.clientId(), agreed.person(), agreed.scopes()),
                "token_type", tokenType(),
                "expires_in", lifetime().toSeconds(),
                "scope", scopeText(agreed.scopes()));
    }

    @Override
    String newAccessToken(Grant grant) {
        return String.valueOf(Template.fill(data.accessToken(), values(grant.clientId(), grant.person(), grant)));
    }

    @Override
    Response refusal(OAuthFailure failure, Request request) {
        ProviderData.Failure own = data.token().refused();
        boolean badCode = ProviderData.path(data.token().url()).equals(request.path()) && failure.status() == 400;
        return own != null && badCode ? own.response() : super.refusal(failure, request);
    }
}
