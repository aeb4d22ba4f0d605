package dev.socialexchange.keycloak.command;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the command is to do.
 *
 * @param server without a trailing slash
 * @param realm that is looked at
 * @param login who looks
 * @param provider the alias of the one that is looked at, or else all that are open
 * @param clientId of the realm's client that dry-runs play
 * @param parameters further ones of an exchange; a value that begins with {@code @} names a file
 * @param usesCode whether an authorization code may be used up
 * @param checks whether to check as well where tokens are tried
 * @param language of titles and advice, for {@code Accept-Language}
 */
record Arguments(
        URI server,
        String realm,
        LoginArguments login,
        Optional<String> provider,
        List<Attempt> attempts,
        Optional<String> clientId,
        Map<String, String> parameters,
        boolean usesCode,
        boolean checks,
        boolean certifies,
        boolean json,
        boolean verbose,
        Optional<String> language) {

    /**
     * Who looks: a client with its own secret, a user, or whoever a ready token is of.
     *
     * @param realm that the client or the user belongs to
     */
    record LoginArguments(String realm, Optional<String> client, Optional<String> user) {}
}
