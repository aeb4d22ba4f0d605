package dev.socialexchange.keycloak.it.support;

import java.net.URI;

/** The realm's token endpoint. */
public record TokenEndpoint(URI server, String realm) {

    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    public URI uri() {
        return URI.create("%s/realms/%s/protocol/openid-connect/token".formatted(server, realm));
    }

    /** A token exchange with a subject issuer, as a front end sends it. */
    public TokenRequest exchange(String alias) {
        return grant(EXCHANGE).param("subject_issuer", alias);
    }

    /** A token exchange that names no subject issuer: Keycloak's standard one. */
    public TokenRequest standardExchange(String accessToken) {
        return grant(EXCHANGE).subjectToken(accessToken).type(TokenType.ACCESS_TOKEN);
    }

    public TokenRequest refresh(String refreshToken) {
        return grant("refresh_token").param("refresh_token", refreshToken);
    }

    public TokenRequest password(String username, String password) {
        return grant("password").param("username", username).param("password", password);
    }

    public TokenRequest clientCredentials() {
        return grant("client_credentials");
    }

    public TokenRequest grant(String grantType) {
        return new TokenRequest(uri()).param("grant_type", grantType);
    }
}
