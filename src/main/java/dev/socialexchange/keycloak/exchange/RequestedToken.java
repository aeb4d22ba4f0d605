package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import org.keycloak.OAuth2Constants;

/** What the answer holds. */
enum RequestedToken {
    /** Access and refresh token in a user session; the answer to a request that does not say. */
    SESSION(null),
    /** The same, asked for by name. */
    REFRESH(OAuth2Constants.REFRESH_TOKEN_TYPE),
    /** An access token alone, in a transient session that is stored nowhere. */
    ACCESS(OAuth2Constants.ACCESS_TOKEN_TYPE),
    /** An id token in the place of the access token, as Keycloak's standard exchange answers it. */
    ID(OAuth2Constants.ID_TOKEN_TYPE);

    private final String type;

    RequestedToken(String type) {
        this.type = type;
    }

    static RequestedToken of(String type) {
        for (RequestedToken requested : values()) {
            if (type == null ? requested.type == null : type.equals(requested.type)) {
                return requested;
            }
        }
        throw ExchangeException.refuse(ExchangeError.REQUESTED_TOKEN_TYPE_UNSUPPORTED);
    }

    /** Without a database row, and without a refresh token. */
    boolean isTransient() {
        return this == ACCESS || this == ID;
    }

    /** {@code issued_token_type}; a refresh token that the client does not use is not what was issued. */
    String issued(boolean refreshTokenIssued) {
        return switch (this) {
            case SESSION, ACCESS -> OAuth2Constants.ACCESS_TOKEN_TYPE;
            case REFRESH -> refreshTokenIssued ? type : OAuth2Constants.ACCESS_TOKEN_TYPE;
            case ID -> type;
        };
    }
}
