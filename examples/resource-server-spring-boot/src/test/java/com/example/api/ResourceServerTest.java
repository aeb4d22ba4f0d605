package com.example.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class ResourceServerTest {
    private static final FakeRealm REALM = newRealm();

    @Autowired
    private Environment environment;

    @DynamicPropertySource
    static void realm(DynamicPropertyRegistry properties) {
        properties.add("realm.issuer", REALM::issuer);
        properties.add("realm.clients", () -> "app, other-app");
    }

    @Test
    void personIsTheirSubjectWithTheRolesOfThisApi() throws Exception {
        HttpResponse<String> answer = get("/me", REALM.token(claims -> {}));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"subject\":\"7d1e-ada\"", "\"REALM_member\",\"ROLE_editor\"]");
        assertThat(get("/things", REALM.token(claims -> {})).statusCode()).isEqualTo(200);
    }

    @Test
    void realmsRoleIsNoRoleOfThisApi() throws Exception {
        String token = REALM.token(claims -> claims.claim("resource_access", null)
                .claim("realm_access", Map.of("roles", List.of("editor", "ROLE_editor"))));

        assertThat(get("/me", token).statusCode()).isEqualTo(200);
        assertThat(get("/things", token).statusCode()).isEqualTo(403);
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("another realm", claims -> claims.issuer("https://keycloak.example/realms/other")),
                wrong("another API", claims -> claims.audience("account")),
                wrong("no audience", claims -> claims.audience((String) null)),
                wrong("an id token", claims -> claims.claim("typ", "ID")),
                wrong("no kind", claims -> claims.claim("typ", null)),
                wrong("expired", claims -> claims.expirationTime(Date.from(Instant.now().minusSeconds(120)))),
                wrong("for ever", claims -> claims.expirationTime(null)),
                wrong("another client", claims -> claims.claim("azp", "stranger")),
                wrong("no client", claims -> claims.claim("azp", null)),
                wrong("bound to a key", claims -> claims.claim("cnf", Map.of("jkt", "thumb"))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrong")
    void tokenThatIsNotForThisApiIsRefused(String why, Consumer<JWTClaimsSet.Builder> change) throws Exception {
        HttpResponse<String> answer = get("/me", REALM.token(change));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate").orElse("")).contains("invalid_token");
    }

    @Test
    void strangersSignatureIsRefused() throws Exception {
        RSAKey strange = new RSAKey.Builder(FakeRealm.newKey()).keyID(REALM.key().getKeyID()).build();

        assertThat(get("/me", REALM.token(strange, "JWT", claims -> {})).statusCode()).isEqualTo(401);
    }

    @Test
    void unsignedTokenIsRefused() throws Exception {
        String[] parts = REALM.token(claims -> {}).split("\\.");
        String none = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes());

        assertThat(get("/me", none + "." + parts[1] + ".").statusCode()).isEqualTo(401);
    }

    /** Keycloak writes it where the client asks for it (RFC 9068). */
    @Test
    void accessTokenMaySayThatItIsOne() throws Exception {
        assertThat(get("/me", REALM.token(REALM.key(), "at+jwt", claims -> {})).statusCode()).isEqualTo(200);
    }

    @Test
    void nobodyIsNobody() throws Exception {
        assertThat(get("/me", null).statusCode()).isEqualTo(401);
    }

    @Test
    void keysAreFetchedOnceAndAgainWhenTheyChange() throws Exception {
        get("/me", REALM.token(claims -> {}));
        int before = REALM.asked.get();

        for (int i = 0; i < 5; i++) {
            get("/me", REALM.token(claims -> {}));
        }
        assertThat(REALM.asked.get()).isEqualTo(before);

        REALM.changesItsKey();
        assertThat(get("/me", REALM.token(claims -> {})).statusCode()).isEqualTo(200);
        assertThat(REALM.asked.get()).isEqualTo(before + 1);
    }

    private HttpResponse<String> get(String path, String token) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                URI.create("http://localhost:" + environment.getProperty("local.server.port") + path));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
    }

    private static Arguments wrong(String why, Consumer<JWTClaimsSet.Builder> change) {
        return Arguments.of(why, change);
    }

    private static FakeRealm newRealm() {
        try {
            return new FakeRealm();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
