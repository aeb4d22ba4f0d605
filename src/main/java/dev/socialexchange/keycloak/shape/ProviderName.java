package dev.socialexchange.keycloak.shape;

import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.Optional;

/**
 * A provider as an app names it.
 *
 * @param alias that it most probably has in a realm
 * @param kind of what apps call its access token, where it is something else
 */
public record ProviderName(String name, String alias, Optional<TokenKind> kind) {

    TokenKind kindOr(TokenKind usual) {
        return kind.orElse(usual);
    }
}
