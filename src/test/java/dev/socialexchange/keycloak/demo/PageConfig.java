package dev.socialexchange.keycloak.demo;

import dev.socialexchange.keycloak.it.support.Json;
import dev.socialexchange.keycloak.it.support.KeycloakServer;
import dev.socialexchange.keycloak.it.support.TokenType;
import dev.socialexchange.keycloak.simulator.OpenIdProvider;
import dev.socialexchange.keycloak.simulator.Provider;
import dev.socialexchange.keycloak.simulator.Simulator;
import java.util.List;
import java.util.Map;

/** What a front end has in its configuration: Keycloak, its own client id, and its client id at each provider. */
record PageConfig(KeycloakServer keycloak, Simulator simulator) {

    String keycloakUrl() {
        return keycloak.url().toString();
    }

    String json() {
        return Json.write(Map.of(
                "realmUrl",
                keycloak.url() + "/realms/" + KeycloakServer.REALM,
                "consoleUrl",
                keycloak.url() + "/admin/" + KeycloakServer.REALM + "/console/",
                "clientId",
                "demo-spa",
                "foreignClientId",
                Provider.FOREIGN_CLIENT,
                "providers",
                providers()));
    }

    private List<Map<String, Object>> providers() {
        return List.of(
                provider(
                        "google",
                        "Google",
                        simulator.google(),
                        "accounts.google.com/o/oauth2/v2/auth",
                        "openid email profile",
                        TokenType.ID_TOKEN),
                provider(
                        "facebook",
                        "Facebook",
                        simulator.facebook(),
                        "www.facebook.com/v24.0/dialog/oauth",
                        "email,public_profile",
                        TokenType.ACCESS_TOKEN),
                provider(
                        "github",
                        "GitHub",
                        simulator.github(),
                        "github.com/login/oauth/authorize",
                        "read:user user:email",
                        TokenType.AUTHORIZATION_CODE),
                provider(
                        "acme",
                        "Acme",
                        simulator.acme(),
                        "acme.example/authorize",
                        "openid email profile",
                        TokenType.ID_TOKEN));
    }

    private Map<String, Object> provider(
            String alias, String name, Provider provider, String authorizePath, String scope, String tokenType) {
        return Map.of(
                "alias", alias,
                "name", name,
                "clientId", provider.clientId(),
                "authorizeUrl", simulator.url() + "/" + authorizePath,
                "scope", scope,
                "tokenType", tokenType,
                "hasIdTokens", provider instanceof OpenIdProvider);
    }
}
