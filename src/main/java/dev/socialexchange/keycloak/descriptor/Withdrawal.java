package dev.socialexchange.keycloak.descriptor;

import java.util.List;
import java.util.Optional;

/**
 * How the provider takes back all that a person has allowed the app, where it does not do so as RFC 7009 has it.
 *
 * @param call where it is another one than the descriptor's {@code revocation}
 * @param tokens which of the stored tokens it takes, by the names of RFC 7009, the better one first
 */
public record Withdrawal(
        @Key(
                        "The call, where it is another one than revocation. {id} stands for the person's id, {token_type_hint} for the name of the token")
                Optional<CallTemplate> call,
        @Key(
                        value = "Which of the stored tokens it takes, the better one first",
                        otherwise = "[refresh_token, access_token]")
                List<String> tokens) {
    public static final String REFRESH_TOKEN = "refresh_token";
    public static final String ACCESS_TOKEN = "access_token";

    /** As RFC 7009 has it: the refresh token, with which the grant ends, or else the access token. */
    static final Withdrawal STANDARD = new Withdrawal(Optional.empty(), List.of(REFRESH_TOKEN, ACCESS_TOKEN));

    public Withdrawal {
        if (tokens.isEmpty() || !List.of(REFRESH_TOKEN, ACCESS_TOKEN).containsAll(tokens)) {
            throw new IllegalArgumentException("tokens names refresh_token, access_token, or both");
        }
    }
}
