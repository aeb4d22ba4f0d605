package dev.socialexchange.keycloak.bench;

import dev.socialexchange.keycloak.it.support.TokenEndpoint;
import dev.socialexchange.keycloak.it.support.TokenRequest;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Oidc;
import dev.socialexchange.keycloak.simulator.Person;

/** Requests of one confidential client for realm tokens, by an identity provider's alias. */
record Exchanges(TokenEndpoint endpoint, Oidc provider) {
    static final String CLIENT = "demo-backend";
    private static final String SECRET = "backend-secret";
    /** What most providers sign with. */
    private static final String ALGORITHM = "RS256";

    TokenRequest idToken(String alias, Person person) {
        String token = provider.idToken(Oidc.CLIENT_ID, person, claims -> {}, header -> header.put("alg", ALGORITHM));
        return asClient(endpoint.exchange(alias)).subjectToken(token).type(TokenType.ID_TOKEN);
    }

    TokenRequest accessToken(String alias, Person person) {
        return asClient(endpoint.exchange(alias))
                .subjectToken(provider.accessToken(Oidc.CLIENT_ID, person))
                .type(TokenType.ACCESS_TOKEN);
    }

    /** Without this the answer is a normal session, with a refresh token. */
    static TokenRequest alone(TokenRequest request) {
        return request.requested(TokenType.ACCESS_TOKEN);
    }

    static TokenRequest asClient(TokenRequest request) {
        return request.as(CLIENT, SECRET);
    }
}
