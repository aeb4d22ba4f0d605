package dev.socialexchange.keycloak.shape;

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

    /**
     * New tokens for a refresh token.
     *
     * @param further what says who asks
     */
    record Refresh(String refreshToken, Map<String, String> further) implements Meant {

        /** A record would print it. */
        @Override
        public String toString() {
            return "refresh";
        }
    }

    /** @param further what says who asks */
    record Revoke(String token, Map<String, String> further) implements Meant {

        /** A record would print it. */
        @Override
        public String toString() {
            return "revoke";
        }
    }

    /** Who the bearer of the access token is. */
    record Person() implements Meant {}

    /** The end of sessions of the bearer of the access token. */
    record SignOut(Sessions sessions) implements Meant {}

    /** Which of somebody's sessions that have to do with the app. */
    enum Sessions {
        THIS,
        OTHERS,
        ALL
    }

    /** Nothing that there is here. */
    record Unusable(AppAnswer answer) implements Meant {}
}
