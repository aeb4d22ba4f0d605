package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.descriptor.Binding;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a JWT access token says of itself where only the provider's own API can verify it. Worth nothing until that API has
 * answered to this very token; then the API has vouched for every byte of it.
 */
final class DecodedToken {
    /** Nothing that an HTTP header or a lenient parser could read as more, or as something else, than these three parts. */
    private static final Pattern COMPACT = Pattern.compile("[\\w-]+\\.[\\w-]+\\.[\\w-]+");

    private DecodedToken() {}

    /** Empty for an opaque token, and for one that names no client. */
    static Optional<JsonNode> claims(Binding rules, String token) {
        return COMPACT.matcher(token).matches()
                ? SignedToken.parse(token)
                        .map(SignedToken::claims)
                        .filter(claims -> rules.app().clientId().text(claims).isPresent())
                : Optional.empty();
    }
}
