package dev.socialexchange.keycloak.exchange;

import dev.socialexchange.keycloak.ExchangeError;
import dev.socialexchange.keycloak.ExchangeException;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.TokenManager;
import org.keycloak.util.TokenUtil;

/** What a client may ask for, as far as the request and the realm's settings can tell before anybody is proven. */
record TokenPolicy(KeycloakSession session, ClientModel client) {

    /** Refuses a scope that is not the client's, or that needs what was not asked for. */
    public void requireScope(ExchangeRequest request) {
        if (!TokenManager.isValidScope(session, request.wanted().scope(), client, null)) {
            throw ExchangeException.refuse(ExchangeError.SCOPE_INVALID);
        }
        if (request.requested().isTransient()
                && TokenUtil.hasScope(request.wanted().scope(), OAuth2Constants.OFFLINE_ACCESS)) {
            throw ExchangeException.refuse(
                    ExchangeError.SCOPE_INVALID, "offline_access needs a refresh token, which was not asked for");
        }
    }

    /** Refuses clients that the answer's access token cannot be narrowed to. */
    public void requireAudience(ExchangeRequest request) {
        for (String clientId : request.audience()) {
            ClientModel target = session.getContext().getRealm().getClientByClientId(clientId);
            if (target == null || !target.isEnabled()) {
                throw ExchangeException.refuse(ExchangeError.AUDIENCE_INVALID);
            }
        }
    }
}
