package dev.socialexchange.keycloak.simulator;

import com.nimbusds.jose.JWSAlgorithm;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A provider that is told apart from others by its {@link ProviderData} only. */
public class DataProvider extends OpenIdProvider {
    private final ProviderData data;
    private final ClientKey clientKey;
    private final Set<String> introduced = ConcurrentHashMap.newKeySet();

    DataProvider(String id, ProviderData data) {
        this(id, data, data.token().byKey() ? new ClientKey() : null);
    }

    private DataProvider(String id, ProviderData data, ClientKey clientKey) {
        super(
                data.idToken() == null ? null : data.idToken().issuer(),
                new SigningKeys(algorithm(data.idToken())),
                data.clientId(),
                clientKey == null ? id + "-secret" : clientKey.p8(),
                data.scopes().toArray(String[]::new));
        this.data = data;
        this.clientKey = clientKey;
    }

    /** Who signs with secrets has keys for native apps. */
    private static JWSAlgorithm algorithm(ProviderData.IdToken idToken) {
        if (idToken == null) {
            return JWSAlgorithm.RS256;
        }
        return idToken.bySecret() ? JWSAlgorithm.ES256 : JWSAlgorithm.parse(idToken.algorithm());
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

    /** The same after a first login by browser. */
    public Map<String, Object> identityInBrowser(Person person) {
        Map<String, Object> identity = identity(person, data.codeTellsAsIdToken());
        identity.putAll(Template.object(data.identityInBrowser(), values(clientId(), person, null)));
        return identity;
    }

    /** Looks like this provider's, and is nobody's. */
    public String neverIssued() {
        return newAccessToken(newGrant(
                Grant.Kind.ACCESS, clientId(), Person.unknown("Nobody"), new LinkedHashSet<>(data.scopes()), null));
    }

    @Override
    void addRoutes(Router router, People people) {
        new DataRoutes(router, this).add(people);
    }

    @Override
    boolean grantsApps(String scope) {
        return data.migration() != null && MigrationEndpoint.SCOPE.equals(scope);
    }

    @Override
    boolean issuesRefreshToken(Set<String> scopes) {
        return data.token().refreshes();
    }

    @Override
    String authenticate(Request request) {
        return data.token().byKey() ? clientKey.authenticate(this, request) : super.authenticate(request);
    }

    /** What tells about the person does so the first time that they come by this client. */
    @Override
    Map<String, Object> besideCode(String client, Person person) {
        Map<String, Object> beside = Json.object();
        data.token().further().forEach((name, value) -> {
            if (!value.equals(ProviderData.ANY)) {
                beside.put(name, value);
            }
        });
        if (data.authorize().user() != null && introduced.add(client + ' ' + person.id())) {
            beside.put("user", Json.write(Template.object(data.authorize().user(), values(client, person, null))));
        }
        return beside;
    }

    /** What the provider hands to a page or an app about somebody who has just signed in there, for this bot. */
    public TelegramSigned signedData(String botToken, Person person) {
        return TelegramSigned.of(botToken, person);
    }

    /** @param way {@code basic}, {@code post} or {@code jwt}; others are refused */
    void authenticate(Request request, String way) {
        if (way.equals("jwt")) {
            authenticate(request);
            return;
        }
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
                "pairwiseId", ours ? person.id() : "9" + person.id(),
                "username", person.username(),
                "email", person.email(),
                "emailVerified", person.emailVerified(),
                "emailVerifiedText", String.valueOf(person.emailVerified()),
                "emailVerifiedNumber", person.emailVerified() ? 1 : 0,
                "confirmedAt", person.emailVerified() ? "2024-05-05T05:05:05.000Z" : null,
                "guid", "5b1d7c3e-2a4f-4e6b-8c9d-%012x".formatted(Long.parseLong(person.id()) % (1L << 48)),
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

    /** A changed header says how to sign, as with the provider's keys. */
    @Override
    String sign(
            Map<String, Object> claims,
            String type,
            Consumer<Map<String, Object>> changeClaims,
            Consumer<Map<String, Object>> changeHeader) {
        if (data.idToken() == null || !data.idToken().bySecret()) {
            return super.sign(claims, type, changeClaims, changeHeader);
        }
        Map<String, Object> header =
                Json.object("typ", type, "alg", data.idToken().algorithm());
        changeHeader.accept(header);
        if (!header.get("alg").equals(data.idToken().algorithm())) {
            return super.sign(claims, type, changeClaims, changeHeader);
        }
        String secret = secret(String.valueOf(claims.get("aud")));
        changeClaims.accept(claims);
        return VerifyEndpoint.sign(secret, header, claims);
    }

    @Override
    Map<String, Object> issue(AuthorizationCode agreed) {
        Map<String, Object> tokens = data.idToken() == null ? withoutIdToken(agreed) : super.issue(agreed);
        if (data.idToken() != null && data.idToken().always()) {
            tokens.put("id_token", idTokenFor(agreed, (String) tokens.get("access_token")));
        }
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
        Map<String, Object> values = values(grant.clientId(), grant.person(), grant);
        return data.accessTokenClaims() == null
                ? String.valueOf(Template.fill(data.accessToken(), values))
                : sign(Template.object(data.accessTokenClaims(), values), "JWT");
    }

    @Override
    Response refusal(OAuthFailure failure, Request request) {
        boolean here = ProviderData.path(data.token().url()).equals(request.path());
        ProviderData.Failure own = here ? own(failure) : null;
        return own != null ? own.response() : super.refusal(failure, request);
    }

    /** In this provider's words, null for the standard's. */
    private ProviderData.Failure own(OAuthFailure failure) {
        ProviderData.Token token = data.token();
        if (failure.isUnknownClient() && token.unknownClient() != null) {
            return token.unknownClient();
        }
        if (failure.isInvalidClient()) {
            return token.wrongSecret();
        }
        if (failure.isRedirectUriMismatch() && token.unregistered() != null) {
            return token.unregistered();
        }
        return failure.status() == 400 ? token.refused() : null;
    }
}
