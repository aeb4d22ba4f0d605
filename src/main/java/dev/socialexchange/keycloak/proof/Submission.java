package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.Map;

/**
 * What the front end got from the provider, as it posted it.
 *
 * @param nonce the raw nonce it gave the provider, or {@code null}
 * @param redirectUri of an authorization code, or {@code null}
 * @param codeVerifier of an authorization code, or {@code null}
 * @param accessToken that came together with an id token, or {@code null}
 * @param code an authorization code that came together with an id token, or {@code null}
 * @param user what the provider told the front end about the person beside the token, JSON that nobody signed, or {@code null}
 * @param further parameters of the request that only some providers know
 */
public record Submission(
        TokenKind kind,
        String token,
        String nonce,
        String redirectUri,
        String codeVerifier,
        String accessToken,
        String code,
        String user,
        Map<String, String> further) {

    /** Without a code beside an id token. */
    public Submission(
            TokenKind kind,
            String token,
            String nonce,
            String redirectUri,
            String codeVerifier,
            String accessToken,
            String user,
            Map<String, String> further) {
        this(kind, token, nonce, redirectUri, codeVerifier, accessToken, null, user, further);
    }

    /** The authorization code, whether it is the token itself or came beside one; {@code null} for none. */
    String anyCode() {
        return kind == TokenKind.AUTHORIZATION_CODE ? token : code;
    }

    /** A record would print the token. */
    @Override
    public String toString() {
        return kind.id();
    }
}
