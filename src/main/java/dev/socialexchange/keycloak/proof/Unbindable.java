package dev.socialexchange.keycloak.proof;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Of access tokens that nothing binds to our app: says which tokens would be accepted. */
final class Unbindable {

    private Unbindable() {}

    /** @param detail for the event, {@code null} if the reason says it all */
    static ExchangeException refused(ProofContext context, String detail) {
        Set<TokenKind> configured = context.settings().tokenTypes();
        // a provider whose JWTs are bound by their own claims may give out opaque tokens, too
        Stream<String> jwts = context.descriptor()
                        .accessToken()
                        .filter(rules -> rules.jwt() || rules.isDecoded())
                        .isPresent()
                ? Stream.of("JWT access tokens")
                : Stream.empty();
        Stream<String> others = context.descriptor().provable().stream()
                .filter(kind -> kind != TokenKind.ACCESS_TOKEN)
                .filter(kind -> configured.isEmpty() || configured.contains(kind))
                .map(TokenKind::id);
        return ExchangeException.refuse(
                ExchangeError.BINDING_UNAVAILABLE,
                "Nothing proves which app this access token is for; accepted: "
                        + Stream.concat(jwts, others).collect(Collectors.joining(", ")),
                detail);
    }
}
