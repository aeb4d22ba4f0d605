package dev.socialexchange.keycloak.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.StreamSupport;

/** Exchanges by the demo realm's public client, and what the realm's events say about them. */
public final class Exchanges {

    private Exchanges() {}

    public static Answer idToken(String alias, String token) {
        return request(alias, TokenType.ID_TOKEN, token).send();
    }

    public static Answer idToken(String alias, String token, String nonce) {
        return request(alias, TokenType.ID_TOKEN, token).param("nonce", nonce).send();
    }

    public static Answer accessToken(String alias, String token) {
        return request(alias, TokenType.ACCESS_TOKEN, token).send();
    }

    public static TokenRequest code(String alias, String code, String redirectUri) {
        return request(alias, TokenType.AUTHORIZATION_CODE, code).param("redirect_uri", redirectUri);
    }

    public static TokenRequest request(String alias, String type, String token) {
        return Suite.tokens()
                .exchange(alias)
                .as(Suite.SPA)
                .type(type)
                .subjectToken(token)
                .scope("openid");
    }

    public static void assertTokens(Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.accessToken()).isNotEmpty();
    }

    /** The event reasons of a provider's refused exchanges, newest first. */
    public static List<String> refusals(String alias) {
        return StreamSupport.stream(
                        Suite.admin()
                                .events("type=TOKEN_EXCHANGE_ERROR&max=300")
                                .spliterator(),
                        false)
                .map(event -> event.path("details"))
                .filter(details ->
                        alias.equals(details.path("identity_provider").asText()))
                .map(details -> details.path("reason").asText())
                .toList();
    }
}
