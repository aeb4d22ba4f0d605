package dev.socialexchange.keycloak.type;

import com.fasterxml.jackson.databind.JsonNode;
import dev.socialexchange.keycloak.ExchangeException;
import dev.socialexchange.keycloak.proof.ProviderTokens;
import dev.socialexchange.keycloak.provider.SettingsProperties;
import dev.socialexchange.keycloak.server.KeycloakSurroundings;
import org.jboss.logging.Logger;
import org.keycloak.OAuth2Constants;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * Takes back, when a session that began as a browser login is logged out, the access token that this login has brought. Only if
 * the admin wants it: at some providers it ends all that the person has allowed the app. A front end's own token is not touched.
 */
record LogoutRevocation(KeycloakSession session, DescribedIdentityProvider provider) {
    static final String SETTING = "revokeAtLogout";
    private static final Logger LOG = Logger.getLogger("dev.socialexchange.keycloak");

    static ProviderConfigProperty property() {
        return SettingsProperties.property(SETTING, ProviderConfigProperty.BOOLEAN_TYPE, "false");
    }

    private boolean wanted() {
        return provider.descriptor().revocation().isPresent()
                && Boolean.parseBoolean(provider.getConfig().getConfig().get(SETTING));
    }

    /** Keycloak (26.7) puts it into a note of the session that the login becomes. */
    void keep(JsonNode tokens, BrokeredIdentityContext identity) {
        String accessToken = tokens.path(OAuth2Constants.ACCESS_TOKEN).textValue();
        if (wanted() && accessToken != null) {
            identity.getContextData().put(DescribedIdentityProvider.FEDERATED_ACCESS_TOKEN, accessToken);
        }
    }

    /** A logout goes on whatever the provider says. */
    void atEndOf(UserSessionModel userSession) {
        if (!wanted()) {
            return;
        }
        String accessToken = userSession.getNote(DescribedIdentityProvider.FEDERATED_ACCESS_TOKEN);
        if (accessToken == null) {
            return;
        }
        userSession.removeNote(DescribedIdentityProvider.FEDERATED_ACCESS_TOKEN);
        if (!revoked(accessToken)) {
            LOG.warnf(
                    "The identity provider %s has not revoked the access token of a session that was logged out",
                    provider.getConfig().getAlias());
        }
    }

    private boolean revoked(String accessToken) {
        try {
            return new ProviderTokens(new KeycloakSurroundings(session), provider).revoke(accessToken);
        } catch (ExchangeException notConfigured) {
            return false;
        }
    }
}
