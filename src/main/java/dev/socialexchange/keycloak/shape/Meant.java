package dev.socialexchange.keycloak.shape;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.descriptor.TokenKind;
import java.util.Map;

/** What an app means by a request, in words that no shape has to itself. */
public sealed interface Meant {

    /**
     * A provider's token for the realm's.
     *
     * @param provider as the app names it
     * @param further parameters of the token endpoint
     */
    record Exchange(ProviderName provider, TokenKind kind, String token, Map<String, String> further) implements Meant {

        /** A record would print tokens. */
        @Override
        public String toString() {
            return provider + " " + kind.id();
        }
    }

    /** New tokens for a refresh token. */
    record Refresh(String refreshToken) implements Meant {

        /** A record would print it. */
        @Override
        public String toString() {
            return "refresh";
        }
    }

    record Revoke(String token) implements Meant {

        /** A record would print it. */
        @Override
        public String toString() {
            return "revoke";
        }
    }

    /** Who the bearer of the access token is. */
    record Person() implements Meant {}

    /** Whether a token of the realm is good. */
    record Verify(String token) implements Meant {

        /** A record would print it. */
        @Override
        public String toString() {
            return "verify";
        }
    }

    /** The end of sessions of the bearer of the access token. */
    record SignOut(Sessions sessions) implements Meant {}

    /** Which of somebody's sessions that have to do with the app. */
    enum Sessions {
        THIS,
        OTHERS,
        ALL
    }

    /** What is wrong with a request that there is here, in the back end's words. */
    record Unusable(AppAnswer answer, ExchangeError error) implements Meant {}

    static Meant missing(AppAnswer answer) {
        return new Unusable(answer, ExchangeError.PARAMETER_MISSING);
    }

    static Meant unsupported(AppAnswer answer) {
        return new Unusable(answer, ExchangeError.PARAMETER_INVALID);
    }

    /** What two readers would read differently, or nobody can read. */
    record Malformed(ExchangeException refusal) implements Meant {}

    /** No request that there is here, whoever asks. */
    record Nothing(AppAnswer answer) implements Meant {}

    /** Whether somebody wants to sign in, or may want to. */
    default boolean isSignIn() {
        return this instanceof Exchange || this instanceof Unusable || this instanceof Malformed;
    }

    /** Whether it is the bearer of an access token who asks, and no client. */
    default boolean isOfBearer() {
        return this instanceof Person || this instanceof SignOut || this instanceof Verify;
    }
}
