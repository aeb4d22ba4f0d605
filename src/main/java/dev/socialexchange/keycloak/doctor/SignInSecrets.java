package dev.socialexchange.keycloak.doctor;

import dev.socialexchange.keycloak.Digests;
import dev.socialexchange.keycloak.descriptor.CodeRules;
import dev.socialexchange.keycloak.proof.IssuedNonces;
import dev.socialexchange.keycloak.provider.ExchangeIdentityProvider;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import java.util.List;
import org.keycloak.OAuth2Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.PkceUtils;

/**
 * What a code is bound to, and has to be shown again with it: put into the address of the sign-in, for whoever fetches the code.
 *
 * @param url where the browser goes
 */
record SignInSecrets(ExchangeIdentityProvider provider, UriBuilder url) {

    /** One that the page gets to know, where the browser login would use one or an exchange wants one. */
    String verifier(CodeRules rules) {
        if (rules.client().pkce() != CodeRules.Pkce.REQUIRED
                && !provider.getConfig().isPkceEnabled()) {
            return null;
        }
        String verifier = PkceUtils.generateCodeVerifier();
        url.replaceQueryParam(
                OAuth2Constants.CODE_CHALLENGE,
                PkceUtils.encodeCodeChallenge(verifier, OAuth2Constants.PKCE_METHOD_S256));
        url.replaceQueryParam(OAuth2Constants.CODE_CHALLENGE_METHOD, OAuth2Constants.PKCE_METHOD_S256);
        return verifier;
    }

    /**
     * One of ours where an exchange wants that; else the one that Keycloak has put there.
     *
     * @param keycloaks the address as a browser login has it
     * @return {@code null} for none
     */
    String nonce(KeycloakSession own, URI keycloaks) {
        if (provider.settings().nonceIssued()) {
            String issued = new IssuedNonces(new KeycloakSurroundings(own)).issue();
            url.replaceQueryParam(OIDCLoginProtocol.NONCE_PARAM, Digests.sha256Base64Url(issued));
            return issued;
        }
        String query = keycloaks.getRawQuery();
        String begin = OIDCLoginProtocol.NONCE_PARAM + '=';
        return List.of((query == null ? "" : query).split("&")).stream()
                .filter(parameter -> parameter.startsWith(begin))
                .map(parameter -> parameter.substring(begin.length()))
                .findFirst()
                .orElse(null);
    }
}
