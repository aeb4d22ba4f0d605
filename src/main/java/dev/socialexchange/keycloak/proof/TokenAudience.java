package dev.socialexchange.keycloak.proof;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.Look;
import java.util.List;

/**
 * Whose ears an access token is for (RFC 9068 §4). Every API that an app calls holds its users' tokens, and must not be able
 * to sign in as them with these.
 *
 * @param named the token's audience, possibly none
 */
record TokenAudience(ProofContext context, List<String> named) {

    static TokenAudience of(ProofContext context, JsonNode claims) {
        return new TokenAudience(context, SignedToken.audience(claims));
    }

    /** One of those that the admin has entered. */
    boolean isListed() {
        return named.stream().anyMatch(context.settings().tokenAudience()::contains);
    }

    /** The app itself. */
    boolean isOurApp() {
        return named.stream().anyMatch(context.app()::owns);
    }

    /** The issuer's own user info as well, which then refuses the token for no reason of its audience. */
    boolean isUserInfo(String issuer, String userInfoUrl) {
        return named.contains(issuer) || named.contains(userInfoUrl);
    }

    /** Where audiences are entered, these and the app itself count, and no others, whoever accepts the token. */
    void requireNotRuledOut() {
        context.look(Look.TOKEN_AUDIENCE, context.settings()::tokenAudience, () -> named);
        if (!context.settings().tokenAudience().isEmpty() && !isListed() && !isOurApp()) {
            throw refused();
        }
    }

    /** @param accepted whether the issuer's user info has opened with the token */
    void requireOfIntrospection(boolean accepted) {
        requireNotRuledOut();
        if (!accepted && !named.isEmpty() && !isListed() && !isOurApp()) {
            throw refused();
        }
    }

    static ExchangeException refused() {
        return ExchangeException.because(ExchangeError.TOKEN_FOR_ANOTHER_AUDIENCE, "not_in_exchangeTokenAudience");
    }

    /** For the set's size only; the values are somebody's. */
    @Override
    public String toString() {
        return named.size() + " audiences";
    }
}
