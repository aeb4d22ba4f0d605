package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider;

/**
 * A provider's tokens as Keycloak (26.7) stores them: the token endpoint's JSON with the moment of the access token's end,
 * without which Keycloak would hand out an expired token rather than refresh it.
 */
public final class StoredToken {

    /** A hundred years: what is said to last longer does not say when it ends. */
    private static final long MAX_SECONDS = 3_155_760_000L;

    private StoredToken() {}

    /**
     * @param tokens the token endpoint's answer
     * @param kept names of parameters that came with the code and stay with its tokens
     * @param parameters what came with the code, by name; {@code null} for what did not
     * @param now when the answer came, in seconds since the epoch
     */
    public static String of(JsonNode tokens, List<String> kept, UnaryOperator<String> parameters, long now) {
        long expiresIn = tokens.path(OAuth2Constants.EXPIRES_IN).asLong();
        ObjectNode stored = tokens.deepCopy();
        kept.forEach(name -> stored.put(name, parameters.apply(name)));
        return withEnd(
                stored,
                expiresIn > 0 && expiresIn <= MAX_SECONDS ? OptionalLong.of(now + expiresIn) : OptionalLong.empty());
    }

    /** @param expiresAt in seconds since the epoch, as far as the provider has said it */
    public static String of(String accessToken, OptionalLong expiresAt) {
        return withEnd(
                JsonNodeFactory.instance
                        .objectNode()
                        .put(OAuth2Constants.ACCESS_TOKEN, accessToken)
                        .put(OAuth2Constants.TOKEN_TYPE, "Bearer"),
                expiresAt);
    }

    private static String withEnd(ObjectNode stored, OptionalLong expiresAt) {
        expiresAt.ifPresent(end -> stored.put(AbstractOAuth2IdentityProvider.ACCESS_TOKEN_EXPIRATION, end));
        return stored.toString();
    }
}
