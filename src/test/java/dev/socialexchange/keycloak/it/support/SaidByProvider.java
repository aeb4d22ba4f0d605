package dev.socialexchange.keycloak.it.support;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** An OpenID provider whose documents about a person say what a test wants, each of them something of its own. */
public final class SaidByProvider implements AutoCloseable {
    public static final String CLIENT_ID = "our-app";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Claims of one person, by document. */
    public record Said(Map<String, Object> idToken, Map<String, Object> userInfo, Map<String, Object> accessToken) {}

    private record Issued(String subject, String nonce) {}

    private final RSAKey key;
    private final HttpServer server;
    private final Map<String, Said> people = new ConcurrentHashMap<>();
    private final Map<String, Issued> codes = new ConcurrentHashMap<>();

    private SaidByProvider() throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("k1").generate();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/authorize", this::authorize);
        server.createContext("/token", exchange -> answer(exchange, tokens(form(exchange))));
        server.createContext("/userinfo", this::userInfo);
        server.createContext("/jwks", exchange -> answer(exchange, new JWKSet(key.toPublicJWK()).toString()));
        server.start();
    }

    public static SaidByProvider start() {
        try {
            return new SaidByProvider();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    public String url() {
        return "http://localhost:" + server.getAddress().getPort();
    }

    /** What an identity provider of Keycloak's has to know of this one. */
    public Map<String, String> settings() {
        return Map.of(
                "clientId",
                CLIENT_ID,
                "clientSecret",
                "secret",
                "clientAuthMethod",
                "client_secret_post",
                "issuer",
                url(),
                "authorizationUrl",
                url() + "/authorize",
                "tokenUrl",
                url() + "/token",
                "userInfoUrl",
                url() + "/userinfo",
                "jwksUrl",
                url() + "/jwks",
                "useJwksUrl",
                "true",
                "validateSignature",
                "true");
    }

    public void says(String subject, Said said) {
        people.put(subject, said);
    }

    public String idToken(String subject, String nonce) {
        Map<String, Object> claims = new LinkedHashMap<>(people.get(subject).idToken());
        if (nonce != null) {
            claims.put("nonce", nonce);
        }
        claims.put("typ", "ID"); // as a Keycloak says it
        return signed(subject, claims, JOSEObjectType.JWT);
    }

    public String accessToken(String subject) {
        Map<String, Object> claims = new LinkedHashMap<>(people.get(subject).accessToken());
        claims.putAll(Map.of("typ", "Bearer", "azp", CLIENT_ID, "scope", "openid"));
        return signed(subject, claims, JOSEObjectType.JWT);
    }

    public String code(String subject) {
        return code(subject, null);
    }

    private String code(String subject, String nonce) {
        String code = UUID.randomUUID().toString();
        codes.put(code, new Issued(subject, nonce));
        return code;
    }

    private String signed(String subject, Map<String, Object> claims, JOSEObjectType type) {
        JWTClaimsSet.Builder set = new JWTClaimsSet.Builder()
                .issuer(url())
                .subject(subject)
                .audience(CLIENT_ID)
                .jwtID(UUID.randomUUID().toString())
                .issueTime(new Date())
                .expirationTime(Date.from(Instant.now().plusSeconds(300)));
        claims.forEach(set::claim);
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .keyID(key.getKeyID())
                        .type(type)
                        .build(),
                set.build());
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private void authorize(HttpExchange exchange) throws IOException {
        Map<String, String> query = parameters(exchange.getRequestURI().getRawQuery());
        String code = code(query.get("login"), query.get("nonce"));
        exchange.getResponseHeaders()
                .set(
                        "Location",
                        query.get("redirect_uri") + "?code=" + code + "&state=" + Http.encode(query.get("state")));
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private String tokens(Map<String, String> form) {
        Issued issued = codes.remove(form.get("code"));
        return json(Map.of(
                "access_token",
                accessToken(issued.subject()),
                "id_token",
                idToken(issued.subject(), issued.nonce()),
                "token_type",
                "Bearer",
                "expires_in",
                300));
    }

    /** Of whoever the access token is about. */
    private void userInfo(HttpExchange exchange) throws IOException {
        String token = exchange.getRequestHeaders().getFirst("Authorization").split(" ")[1];
        String subject = Json.claims(token).path("sub").asText();
        Map<String, Object> claims = new LinkedHashMap<>(people.get(subject).userInfo());
        claims.put("sub", subject);
        answer(exchange, json(claims));
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        return parameters(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private static Map<String, String> parameters(String encoded) {
        return Arrays.stream(encoded.split("&"))
                .map(parameter -> parameter.split("=", 2))
                .filter(parameter -> parameter.length == 2)
                .collect(Collectors.toMap(
                        parameter -> parameter[0],
                        parameter -> URLDecoder.decode(parameter[1], StandardCharsets.UTF_8),
                        (first, second) -> second));
    }

    private static String json(Map<String, Object> object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
