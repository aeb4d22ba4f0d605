package dev.socialexchange.keycloak.demo;

import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What the page has in its configuration: the realm with its own client id, and of each provider what an SDK would know. The rest it
 * asks the realm.
 */
record PageConfig(KeycloakServer keycloak, Simulator simulator) {

    String keycloakUrl() {
        return keycloak.url().toString();
    }

    /**
     * The realm's identity providers in the console of the realm {@code master}: there is an administrator, and the demo's realm
     * has none.
     */
    String consoleUrl() {
        return keycloak.url() + "/admin/master/console/#/" + KeycloakServer.REALM + "/identity-providers";
    }

    /** What the realm has noted about a user, newest first: what an administrator sees, and a front end does not. */
    String events(String userId) {
        return keycloak.admin()
                .events("max=10&user=" + URLEncoder.encode(userId, StandardCharsets.UTF_8))
                .toString();
    }

    String json() {
        return Json.write(Map.of(
                "realm",
                Map.of("url", keycloakUrl(), "realm", KeycloakServer.REALM, "clientId", "demo-spa"),
                "consoleUrl",
                consoleUrl(),
                "admin",
                Map.of(
                        "username",
                        keycloak.adminCredentials().username(),
                        "password",
                        keycloak.adminCredentials().password()),
                "foreignClientId",
                Provider.FOREIGN_CLIENT,
                "providers",
                providers()));
    }

    private Map<String, Object> providers() {
        return Map.of(
                "google",
                provider("accounts.google.com/o/oauth2/v2/auth", "openid email profile", TokenType.ID_TOKEN),
                "facebook",
                provider("www.facebook.com/v24.0/dialog/oauth", "email,public_profile", TokenType.ACCESS_TOKEN),
                "github",
                provider("github.com/login/oauth/authorize", "read:user user:email", TokenType.AUTHORIZATION_CODE),
                "acme",
                provider("acme.example/authorize", "openid email profile", TokenType.ID_TOKEN));
    }

    private Map<String, Object> provider(String authorizePath, String scope, String tokenType) {
        return Map.of("authorizeUrl", simulator.url() + "/" + authorizePath, "scope", scope, "tokenType", tokenType);
    }
}
