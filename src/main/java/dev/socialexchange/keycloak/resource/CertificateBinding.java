package dev.socialexchange.keycloak.resource;

import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.OIDCAdvancedConfigWrapper;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.util.MtlsHoKTokenUtil;

/**
 * Access tokens that count only with the certificate which they are bound to (RFC 8705 §3). Keycloak's user info (26.7) looks for it, and what it authenticates bearers
 * with elsewhere does not.
 */
final class CertificateBinding {
    private CertificateBinding() {}

    /** Whether the token is not to be bound, or came over a connection with its certificate. */
    static boolean isKept(KeycloakSession session, AccessToken token, ClientModel client) {
        return isBound(token)
                ? MtlsHoKTokenUtil.verifyTokenBindingWithClientCertificate(
                        token, session.getContext().getHttpRequest(), session)
                : !OIDCAdvancedConfigWrapper.fromClientModel(client).isUseMtlsHokToken();
    }

    /** A token that is bound to a key (DPoP) has a confirmation without a certificate. */
    private static boolean isBound(AccessToken token) {
        return token.getConfirmation() != null && token.getConfirmation().getCertThumbprint() != null;
    }
}
