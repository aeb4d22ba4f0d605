package dev.socialexchange.keycloak.continuation;

import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.utils.WebOriginsUtils;

/**
 * Whether a page of the client's own has sent the browser here. A browser names the origin of the page that posts a form by
 * itself, and no other page can make it name the client's: so whoever sends somebody else a link cannot bring them here in this
 * way, whatever they know.
 */
record FrontEndOrigin(KeycloakSession session, ClientModel client) {

    boolean sentTheBrowser() {
        String origin = session.getContext().getHttpRequest().getHttpHeaders().getHeaderString("Origin");
        return origin != null && origins().contains(origin);
    }

    /** An asterisk among them names nobody, and no browser sends one. */
    private Set<String> origins() {
        return WebOriginsUtils.resolveValidWebOrigins(session, client);
    }
}
