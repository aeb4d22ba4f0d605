package dev.socialexchange.keycloak.simulator;

import com.nimbusds.jose.JWSAlgorithm;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** A provider that signs id_tokens. */
public abstract class OpenIdProvider extends Provider {

    private static final Consumer<Map<String, Object>> UNCHANGED = part -> {};
    private static final Duration ID_TOKEN_LIFETIME = Duration.ofHours(1);

    private final String issuer;
    private final SigningKeys keys;
    private final Map<String, Object> published = new ConcurrentHashMap<>();

    OpenIdProvider(String issuer, SigningKeys keys, String clientId, String secret, String... defaultScopes) {
        super(clientId, secret, defaultScopes);
        this.issuer = issuer;
        this.keys = keys;
    }

    /** What the id_token and userinfo say about the person beside the subject. */
    abstract Map<String, Object> profile(Person person, Set<String> scopes);

    /** From now on its discovery document says this. */
    public void publish(String member, Object value) {
        published.put(member, value);
    }

    Response discovery(Map<String, Object> document) {
        document.putAll(published);
        return Response.json(200, document);
    }

    public String issuer() {
        return issuer;
    }

    public String idToken(String client, Person person) {
        return idToken(client, person, UNCHANGED);
    }

    public String idToken(String client, Person person, Consumer<Map<String, Object>> claims) {
        return idToken(client, person, claims, UNCHANGED);
    }

    /**
     * The changes are applied to the finished claims and header, removal included, before they are signed with the key
     * for the header's {@code alg}. {@code alg: none} leaves the token unsigned; HS256 signs it with the provider's public
     * key, as the well-known confusion attack does. A {@code kid} of null leaves it out.
     */
    public String idToken(
            String client, Person person, Consumer<Map<String, Object>> claims, Consumer<Map<String, Object>> header) {
        return sign(idTokenClaims(client, person, defaultScopes(), null), "JWT", claims, header);
    }

    /** An id token in which texts stand that are whatever the changes make of its header and claims, signed as ever. */
    public String idTokenText(
            String client, Person person, UnaryOperator<String> header, UnaryOperator<String> claims) {
        Map<String, Object> standard =
                Json.object("alg", keys.algorithm().getName(), "typ", "JWT", "kid", keys.keyId(keys.algorithm()));
        return keys.sign(
                keys.algorithm().getName(),
                header.apply(Json.write(standard)),
                claims.apply(Json.write(idTokenClaims(client, person, defaultScopes(), null))));
    }

    /** Signs any other JWT of this issuer, say a logout token, with the given {@code typ} header (null for none). */
    public String sign(Map<String, Object> claims, String type) {
        return sign(claims, type, UNCHANGED, UNCHANGED);
    }

    /** New keys; tokens signed before are no longer verifiable. */
    public void rotateKeys() {
        keys.rotate(false);
    }

    /** New keys; the old ones stay published for tokens that are still out. */
    public void rotateKeysKeepingOld() {
        keys.rotate(true);
    }

    public String keyId(String algorithm) {
        return keys.keyId(JWSAlgorithm.parse(algorithm));
    }

    String sign(
            Map<String, Object> claims,
            String type,
            Consumer<Map<String, Object>> changeClaims,
            Consumer<Map<String, Object>> changeHeader) {
        Map<String, Object> header = Json.object("alg", keys.algorithm().getName());
        if (type != null) {
            header.put("typ", type);
        }
        changeClaims.accept(claims);
        changeHeader.accept(header);
        if (!header.containsKey("kid")) {
            header.put("kid", keyIdFor(header));
        }
        header.values().removeIf(value -> value == null);
        return keys.sign(header, claims);
    }

    Map<String, Object> idTokenClaims(String client, Person person, Set<String> scopes, String nonce) {
        long now = Instant.now().getEpochSecond();
        Map<String, Object> claims =
                Json.object("iss", issuer, "sub", subject(client, person), "aud", client, "azp", client);
        claims.put("iat", now);
        claims.put("exp", now + ID_TOKEN_LIFETIME.toSeconds());
        claims.put("jti", Digests.random(24));
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        claims.putAll(profile(person, scopes));
        return claims;
    }

    Map<String, Object> userinfo(Grant grant) {
        Map<String, Object> userinfo = Json.object("sub", subject(grant.clientId(), grant.person()));
        userinfo.putAll(profile(grant.person(), grant.scopes()));
        return userinfo;
    }

    Response publicKeys(Request request) {
        return Response.json(200, keys.publicKeys())
                .with("Cache-Control", "public, max-age=19800, must-revalidate, no-transform");
    }

    @Override
    Map<String, Object> issue(AuthorizationCode agreed) {
        Map<String, Object> tokens = super.issue(agreed);
        if (agreed.scopes().contains("openid")) {
            tokens.put("id_token", idTokenFor(agreed, (String) tokens.get("access_token")));
        }
        return tokens;
    }

    /** The access token is the one delivered together with it, or null. */
    String idTokenFor(AuthorizationCode agreed, String accessToken) {
        Map<String, Object> claims = idTokenClaims(agreed.clientId(), agreed.person(), agreed.scopes(), agreed.nonce());
        if (accessToken != null) {
            claims.put("at_hash", accessTokenHash(accessToken));
        }
        return sign(claims, "JWT");
    }

    /** OpenID Connect Core section 3.1.3.6; both of our algorithms use SHA-256. */
    private static String accessTokenHash(String accessToken) {
        byte[] hash = Digests.sha256(accessToken.getBytes(StandardCharsets.US_ASCII));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, hash.length / 2));
    }

    private String keyIdFor(Map<String, Object> header) {
        JWSAlgorithm wanted = JWSAlgorithm.parse(String.valueOf(header.get("alg")));
        return keys.keyId(keys.has(wanted) ? wanted : keys.algorithm());
    }
}
