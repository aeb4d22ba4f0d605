package dev.socialexchange.keycloak.continuation;

import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.protocol.oidc.utils.OIDCRedirectUriBuilder;
import org.keycloak.protocol.oidc.utils.OIDCResponseMode;
import org.keycloak.services.Urls;

/** Sends the browser back to the client without a code (RFC 6749 §4.1.2.1), as Keycloak does when consent is denied. */
record AccessDenied(KeycloakSession session, ClientModel client, ReturnAddress interaction) {

    Response redirect() {
        OIDCRedirectUriBuilder answer = OIDCRedirectUriBuilder.fromUri(
                        interaction.redirectUri(), OIDCResponseMode.QUERY, session, null)
                .addParam(OAuth2Constants.ERROR, OAuthErrorException.ACCESS_DENIED);
        if (interaction.state() != null) {
            answer.addParam(OAuth2Constants.STATE, interaction.state());
        }
        if (!OIDCAdvancedConfigWrapper.fromClientModel(client).isExcludeIssuerFromAuthResponse()) {
            answer.addParam(
                    OAuth2Constants.ISSUER,
                    Urls.realmIssuer(
                            session.getContext().getUri().getBaseUri(),
                            session.getContext().getRealm().getName()));
        }
        return answer.build();
    }
}
