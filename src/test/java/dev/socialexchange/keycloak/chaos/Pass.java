package dev.socialexchange.keycloak.chaos;

import dev.socialexchange.keycloak.it.support.App;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a provider has given somebody to sign in with.
 *
 * @param type of the token
 * @param further parameters that go with it, such as the nonce
 */
record Pass(String type, String token, Map<String, String> further) {

    static Supplier<Pass> idTokens(Stage stage, Account account) {
        return () -> idToken(stage, account, Map.of(), Map.of());
    }

    static Pass idToken(Stage stage, Account account, Map<String, String> claims, Map<String, String> further) {
        return new Pass(
                TokenType.ID_TOKEN,
                stage.providers()
                        .acme()
                        .idToken(stage.providers().acme().clientId(), account.person(), all -> all.putAll(claims)),
                further);
    }

    static Supplier<Pass> accessTokens(Stage stage, Account account) {
        return () -> new Pass(
                TokenType.ACCESS_TOKEN,
                stage.providers()
                        .github()
                        .accessToken(stage.providers().github().clientId(), account.person()),
                Map.of());
    }

    boolean isUsedUp() {
        return type.equals(TokenType.ID_TOKEN);
    }

    TokenRequest request(App app, String alias) {
        TokenRequest request = app.realm().request(app.clientId(), alias, type, token);
        further.forEach(request::param);
        return request;
    }
}
