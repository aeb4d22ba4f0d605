package dev.socialexchange.keycloak.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A provider with its clients, codes and tokens. The minting methods give tests what the provider's SDK would give a
 * front end; they accept clients that the provider has never heard of.
 */
public abstract class Provider {

    /** Registered at every provider, and never on ours. */
    public static final String FOREIGN_CLIENT = "another-app";

    private static final String FOREIGN_SECRET = "another-secret";

    private final String clientId;
    private final Set<String> defaultScopes;
    private final Map<String, String> secrets = new ConcurrentHashMap<>();
    private final TokenRegistry tokens = new TokenRegistry();
    private final Set<String> redirectUris = ConcurrentHashMap.newKeySet();

    Provider(String clientId, String secret, String... defaultScopes) {
        this.clientId = clientId;
        this.defaultScopes = Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(defaultScopes)));
        secrets.put(clientId, secret);
        secrets.put(FOREIGN_CLIENT, FOREIGN_SECRET);
    }

    abstract void addRoutes(Router router, People people);

    abstract String newAccessToken(Grant grant);

    /** The client that the demo realm uses at this provider. */
    public String clientId() {
        return clientId;
    }

    /** Null if the client is unknown. */
    public String secret(String client) {
        return secrets.get(client);
    }

    public void register(String client, String secret) {
        secrets.put(client, secret);
    }

    /** From now on the token endpoint knows these only; without any, whatever there is. */
    public void registerRedirectUri(String uri) {
        redirectUris.add(uri);
    }

    boolean knowsRedirectUri(String uri) {
        return redirectUris.isEmpty() || redirectUris.contains(uri);
    }

    /** The id by which this client knows the person. */
    public String subject(String client, Person person) {
        return person.id();
    }

    public String accessToken(String client, Person person) {
        return accessToken(client, person, defaultScopes);
    }

    public String accessToken(String client, Person person, Set<String> scopes) {
        Grant grant = newGrant(Grant.Kind.ACCESS, client, person, scopes, null);
        return keep(newAccessToken(grant), grant);
    }

    public String refreshToken(String client, Person person) {
        return refreshToken(client, person, defaultScopes, null);
    }

    /** A code for the redirect URI ("" or null for none) and the S256 challenge (null for none). */
    public String code(String client, Person person, String redirectUri, String challenge) {
        return code(client, person, redirectUri, challenge, null);
    }

    /** The nonce, if not null, comes back in the id_token. */
    public String code(String client, Person person, String redirectUri, String challenge, String nonce) {
        String uri = redirectUri == null ? "" : redirectUri;
        return code(new AuthorizationCode(client, person, defaultScopes, uri, challenge, nonce));
    }

    /** Revokes an access or refresh token; false if there is no such token. */
    public boolean revoke(String token) {
        return tokens.revoke(token);
    }

    /** Whether this was a token, and is none any more. */
    public boolean revoked(String token) {
        return tokens.find(token).filter(Grant::revoked).isPresent();
    }

    /** Whether any token that the person gave somebody has been revoked. */
    public boolean hasRevoked(Person person) {
        return tokens.hasRevoked(person);
    }

    /** Makes the provider treat an opaque token as expired; a JWT's own {@code exp} stays as it is. */
    public boolean expire(String token) {
        return tokens.expire(token);
    }

    String code(AuthorizationCode agreed) {
        return tokens.keep(newCode(), agreed);
    }

    Optional<AuthorizationCode> takeCode(String code) {
        return tokens.takeCode(code);
    }

    Optional<Grant> find(String token) {
        return tokens.find(token);
    }

    Optional<Grant> findValid(String token, Grant.Kind kind) {
        return find(token).filter(grant -> grant.kind() == kind && grant.valid());
    }

    String refreshToken(String client, Person person, Set<String> scopes, String nonce) {
        Grant grant = newGrant(Grant.Kind.REFRESH, client, person, scopes, nonce);
        return keep(newRefreshToken(grant), grant);
    }

    String keep(String token, Grant grant) {
        return tokens.keep(token, grant);
    }

    Grant newGrant(Grant.Kind kind, String client, Person person, Set<String> scopes, String nonce) {
        Instant now = Instant.ofEpochSecond(Instant.now().getEpochSecond());
        Instant end = kind == Grant.Kind.ACCESS && lifetime() != null ? now.plus(lifetime()) : null;
        return new Grant(kind, client, person, new LinkedHashSet<>(scopes), nonce, now, end, false);
    }

    /** Of access tokens; null if they do not expire. */
    Duration lifetime() {
        return Duration.ofHours(1);
    }

    String newCode() {
        return "code-" + Digests.random(40);
    }

    String newRefreshToken(Grant grant) {
        return "refresh-" + Digests.random(40);
    }

    /** Whether an app gets a token of its own with this scope. */
    boolean grantsApps(String scope) {
        return false;
    }

    boolean issuesRefreshToken(Set<String> scopes) {
        return false;
    }

    Set<String> defaultScopes() {
        return defaultScopes;
    }

    /** What the authorization request asks for; Facebook separates scopes by commas. */
    Set<String> requestedScopes(Request request) {
        String scope = request.parameter("scope");
        return scope == null || scope.isBlank()
                ? defaultScopes
                : new LinkedHashSet<>(Arrays.asList(scope.strip().split("[ ,]+")));
    }

    /** The token endpoint's answer, as the provider writes it. */
    Response tokenAnswer(Map<String, Object> answer, Request request) {
        return Response.json(200, answer);
    }

    /** The token and introspection endpoints' refusal, as the provider writes it. */
    Response refusal(OAuthFailure failure, Request request) {
        Response response = Response.json(
                failure.status(), Json.object("error", failure.error(), "error_description", failure.getMessage()));
        return failure.status() == 401 ? response.with("WWW-Authenticate", "Basic realm=\"oauth\"") : response;
    }

    /** What the redirect says when the person refuses. */
    Map<String, Object> denial() {
        return Json.object("error", "access_denied", "error_description", "The user denied the request");
    }

    /** The tokens for what a person agreed to: the answer to a code, or what a fragment carries. */
    Map<String, Object> issue(AuthorizationCode agreed) {
        Map<String, Object> answer = Json.object(
                "access_token", accessToken(agreed.clientId(), agreed.person(), agreed.scopes()),
                "token_type", tokenType());
        if (lifetime() != null) {
            answer.put("expires_in", lifetime().toSeconds());
        }
        answer.put("scope", scopeText(agreed.scopes()));
        return answer;
    }

    /** The client that a token request comes from. */
    String authenticate(Request request) {
        return Clients.authenticate(this, request, true);
    }

    /** What the redirect carries beside a code. */
    Map<String, Object> besideCode(String client, Person person) {
        return Json.object();
    }

    String tokenType() {
        return "Bearer";
    }

    String scopeText(Set<String> scopes) {
        return String.join(" ", scopes);
    }
}
