package dev.socialexchange.keycloak.login;

import dev.socialexchange.keycloak.Mirrors;
import java.util.Map;
import java.util.OptionalInt;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.utils.AcrUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The level of authentication that a login is to reach, as {@code AuthorizationEndpoint.updateAuthenticationSession} (26.7)
 * works it out: what was asked for, else the client's default, and never less than its minimum. The flow's
 * level-of-authentication conditions read it from the authentication session.
 *
 * @param acrValues separated by spaces, or {@code null}
 */
@Mirrors(type = "org.keycloak.protocol.oidc.endpoints.AuthorizationEndpoint", methods = "updateAuthenticationSession")
public record RequestedLevel(ClientModel client, String acrValues) {

    public void write(AuthenticationSessionModel authSession) {
        if (acrValues != null) {
            authSession.setClientNote(OIDCLoginProtocol.ACR_PARAM, acrValues);
        }
        level().ifPresent(level ->
                authSession.setClientNote(Constants.REQUESTED_LEVEL_OF_AUTHENTICATION, String.valueOf(level)));
    }

    /** The lowest of those that are asked for is enough. */
    private OptionalInt level() {
        Map<String, Integer> levels = AcrUtils.getAcrLoaMap(client);
        return AcrUtils.getAcrValues(null, acrValues, client).stream()
                .mapToInt(acr -> level(acr, levels))
                .min();
    }

    /** A value that nobody knows asks for nothing (OpenID Connect Core §5.5.1.1). */
    private static int level(String acr, Map<String, Integer> levels) {
        Integer mapped = levels.get(acr);
        if (mapped != null) {
            return mapped;
        }
        return acr.matches("\\d{1,9}") ? Integer.parseInt(acr) : Constants.MINIMUM_LOA;
    }

    /** Whether the flow has got the login as far as was asked. */
    static boolean isReached(AuthenticationSessionModel authSession) {
        return noted(authSession.getClientNote(Constants.REQUESTED_LEVEL_OF_AUTHENTICATION))
                <= noted(authSession.getAuthNote(Constants.LEVEL_OF_AUTHENTICATION));
    }

    private static int noted(String level) {
        return level == null ? Constants.NO_LOA : Integer.parseInt(level);
    }
}
