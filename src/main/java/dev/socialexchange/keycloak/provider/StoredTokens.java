package dev.socialexchange.keycloak.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.socialexchange.keycloak.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.oidc.AbstractOAuth2IdentityProvider;

/**
 * A provider's tokens as Keycloak (26.7) stores them with a link: the token endpoint's JSON with the moment of the access
 * token's end, without which Keycloak would hand out an expired token rather than refresh it.
 *
 * @param text JSON, or whatever else was stored by something else
 */
public record StoredTokens(String text) {

    /** Keycloak's OpenID Connect types (26.7) read the end as an {@code Integer}: what ends later does not say when. */
    private static final long LAST_END = Integer.MAX_VALUE;

    /** Which of our clients they were issued to, where it is not the one that the provider's settings name. */
    private static final String ISSUED_TO = "social_exchange_client_id";

    private static final List<String> OF_A_REFRESH =
            List.of(OAuth2Constants.REFRESH_TOKEN, "refresh_expires_in", ISSUED_TO);

    /**
     * @param tokens the token endpoint's answer
     * @param kept names of parameters that came with the code and stay with its tokens
     * @param parameters what came with the code, by name; {@code null} for what did not
     * @param now when the answer came, in seconds since the epoch
     */
    public static StoredTokens of(JsonNode tokens, List<String> kept, UnaryOperator<String> parameters, long now) {
        long expiresIn = tokens.path(OAuth2Constants.EXPIRES_IN).asLong();
        ObjectNode stored = tokens.deepCopy();
        kept.forEach(name -> stored.put(name, parameters.apply(name)));
        return withEnd(
                stored, expiresIn > 0 ? OptionalLong.of(now + Math.min(expiresIn, LAST_END)) : OptionalLong.empty());
    }

    /** @param expiresAt in seconds since the epoch, as far as the provider has said it */
    public static StoredTokens of(String accessToken, OptionalLong expiresAt) {
        return withEnd(
                JsonNodeFactory.instance
                        .objectNode()
                        .put(OAuth2Constants.ACCESS_TOKEN, accessToken)
                        .put(OAuth2Constants.TOKEN_TYPE, "Bearer"),
                expiresAt);
    }

    /** These, as issued to another of our clients: only it can refresh them, and take them back. */
    public StoredTokens issuedTo(String clientId) {
        return json() instanceof ObjectNode own
                ? new StoredTokens(own.put(ISSUED_TO, clientId).toString())
                : this;
    }

    private static StoredTokens withEnd(ObjectNode stored, OptionalLong expiresAt) {
        expiresAt.ifPresent(end -> {
            if (end <= LAST_END) {
                stored.put(AbstractOAuth2IdentityProvider.ACCESS_TOKEN_EXPIRATION, end);
            }
        });
        return new StoredTokens(stored.toString());
    }

    /** Missing if it is none. */
    public JsonNode json() {
        return text == null ? MissingNode.getInstance() : StrictJson.read(text).orElseGet(MissingNode::getInstance);
    }

    /**
     * These in the place of those of an earlier login. Google sends a refresh token once only: a later answer without it must
     * not lose it, nor what it is used with.
     *
     * @param kept as above
     */
    public StoredTokens after(StoredTokens earlier, List<String> kept) {
        return json() instanceof ObjectNode own
                        && !own.has(OAuth2Constants.REFRESH_TOKEN)
                        && earlier.json().isObject()
                ? with(own, earlier, Stream.concat(OF_A_REFRESH.stream(), kept.stream()))
                : this; // whatever is stored in another form
    }

    /** A refresh's answer in the place of these. */
    public StoredTokens refreshed(JsonNode answer, List<String> kept) {
        return with(answer.deepCopy(), this, Stream.concat(kept.stream(), Stream.of(ISSUED_TO)));
    }

    private static StoredTokens with(ObjectNode tokens, StoredTokens earlier, Stream<String> fields) {
        JsonNode before = earlier.json();
        fields.filter(before::has).forEach(field -> tokens.set(field, before.get(field)));
        return new StoredTokens(tokens.toString());
    }

    /** Empty if there is none, or it stands elsewhere. */
    public Optional<String> accessToken() {
        return token(OAuth2Constants.ACCESS_TOKEN);
    }

    /** @param name {@code access_token} or {@code refresh_token} */
    public Optional<String> token(String name) {
        return Optional.ofNullable(json().path(name).textValue()).filter(token -> !token.isBlank());
    }

    /** The client id; empty if it is that of the provider's settings. */
    public Optional<String> issuedTo() {
        return token(ISSUED_TO);
    }

    /** In seconds since the epoch, as far as it is known. */
    public OptionalLong end() {
        long end = json().path(AbstractOAuth2IdentityProvider.ACCESS_TOKEN_EXPIRATION)
                .asLong();
        return end > 0 ? OptionalLong.of(end) : OptionalLong.empty();
    }

    /** A record would print them. */
    @Override
    public String toString() {
        return "stored tokens";
    }
}
